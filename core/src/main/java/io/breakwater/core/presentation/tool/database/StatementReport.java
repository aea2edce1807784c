package io.breakwater.core.presentation.tool.database;

import io.breakwater.core.business.database.QueryPlan;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Describes statements for a dry run, each with its plan. */
final class StatementReport {
    private StatementReport() {}

    static Json of(Statement statement, AccessMode mode, Optional<Json> plan) {
        var report = Json.object()
                .put("action", "run")
                .put("mode", mode.name().toLowerCase(Locale.ROOT))
                .put("statement", statement.sql())
                .put("params", new Json.Arr(statement.parameters()));
        if (plan.isEmpty()) {
            return report.put("no_plan", "PostgreSQL has no plan for this statement, or it follows one without a plan.")
                    .build();
        }
        var summary = QueryPlan.of(plan.get());
        return report.put("estimated_cost", Json.of(summary.cost()))
                .put("estimated_rows", Json.of(summary.rows()))
                .put("plan", plan.get())
                .build();
    }

    static Json of(List<Statement> statements, AccessMode mode, List<Optional<Json>> plans) {
        var reports = new ArrayList<Json>();
        for (int i = 0; i < statements.size(); i++) {
            reports.add(of(statements.get(i), mode, plans.get(i)));
        }
        return Json.object()
                .put("action", "run in one transaction")
                .put("statements", new Json.Arr(reports))
                .build();
    }
}
