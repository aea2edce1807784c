package io.breakwater.core.presentation.tool.system;

/** The text of the prompt {@code diagnose_health}. */
final class DiagnosisPrompt {
    private static final String INSTRUCTIONS = """
            Diagnose the MCP server whose health and metrics follow. First state in one sentence whether its users \
            are affected. Then name the most likely cause, the metrics that support it, and what to check or do next. \
            Do not guess if the metrics are not conclusive: name the metric that is missing.

            How to read the data:
            - status is unhealthy if a required dependency is down, or if at least half of the calls fail because of \
            the server or a dependency. It is degraded if an optional dependency is down or a threshold is exceeded. \
            reasons has the details.
            - error_rate counts all calls that failed. fault_rate and faults count only those that failed because of \
            the server or a dependency. Many errors without faults indicate a problem of a client: invalid arguments, \
            missing permissions, unknown names.
            - statuses distinguishes the kinds of errors: external_error and timeout indicate a dependency, \
            overloaded indicates too many concurrent calls, and internal_error indicates a bug, whose log lines \
            contain the request id.
            - recent covers the last few minutes, and total covers the time since the start. Compare them to see \
            changes.
            - A p99 far above p50 means that a few calls are slow; find the tool that they belong to. If all calls \
            are slow and the CPU is busy, the host is too small.
            - A low hit_rate together with slow tools means that the cache does not help: results differ for each \
            caller, or their TTL is too short.
            - since is the time of the last status change of a dependency, and age_seconds is the age of its last \
            check.
            """;

    private DiagnosisPrompt() {}

    /** Returns the prompt text with the health report and the metrics, both as JSON. */
    static String text(String health, String metrics) {
        return INSTRUCTIONS + "\nHealth:\n" + health + "\n\nMetrics:\n" + metrics + "\n";
    }
}
