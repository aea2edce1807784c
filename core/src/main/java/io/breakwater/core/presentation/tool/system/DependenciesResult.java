package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.HealthReport;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import java.time.Instant;
import java.util.List;

/** What the server leans on, as {@code check_dependencies} says it. */
record DependenciesResult(
        @Description("Whether everything answers.") @Name("all_up")
        boolean allUp,

        @Description("When this was said.") Instant at,

        @Description("What the server leans on, in the order of its configuration; empty when it leans on nothing.")
        List<HealthResult.Dependency> dependencies) {

    static DependenciesResult of(HealthReport report) {
        var dependencies = report.checks().stream()
                .map(check -> HealthResult.Dependency.of(check, report.at()))
                .toList();
        boolean allUp = dependencies.stream().allMatch(one -> one.status().equals("up"));
        return new DependenciesResult(allUp, report.at(), dependencies);
    }
}
