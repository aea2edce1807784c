package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.HealthReport;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;
import java.util.List;

/** The result of {@code check_dependencies}. */
record DependenciesResult(
        @Description("True if all dependencies are up.") @Name("all_up")
        boolean allUp,

        @Description("The time of this report.") Instant at,

        @Description("The dependencies of the server, in the order of its configuration; empty if there are none.")
        List<HealthResult.Dependency> dependencies) {

    static DependenciesResult of(HealthReport report) {
        var dependencies = report.checks().stream()
                .map(check -> HealthResult.Dependency.of(check, report.at()))
                .toList();
        boolean allUp = dependencies.stream().allMatch(one -> one.status().equals("up"));
        return new DependenciesResult(allUp, report.at(), dependencies);
    }
}
