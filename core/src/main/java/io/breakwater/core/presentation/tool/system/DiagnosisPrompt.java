package io.breakwater.core.presentation.tool.system;

/** The words of the prompt {@code diagnose_health}. */
final class DiagnosisPrompt {
    private static final String QUESTION = """
            Diagnose the MCP server whose health and figures follow. Say first, in one sentence, whether its users notice \
            anything. Then name the most likely cause, the figures that speak for it, and what to look at or do next. Do \
            not guess where the figures say nothing: name the figure that is missing.

            How to read them:
            - status is unhealthy when a required dependency is down or at least half of the calls fail by a fault of \
            ours, and degraded when an optional dependency is down or a threshold is crossed; reasons says which.
            - error_rate counts every call that failed, fault_rate and faults only those the server or a system behind it \
            is to blame for. Many errors without faults point at a client: wrong arguments, missing rights, unknown names.
            - statuses tells the kinds apart: external_error and timeout point at a dependency, overloaded at too many \
            calls at once, internal_error at a bug; its log lines carry the request id.
            - recent covers the last few minutes, total everything since the start: compare them to see what has changed.
            - p99 far above p50 means that few calls are slow; look for the tool they belong to. All of them slow, with \
            the CPU busy, means too little machine.
            - a low hit_rate with slow tools means that the cache does not help: results differ by caller, or are kept too \
            briefly.
            - since and age_seconds of a dependency tell how long it has been so, and how old that finding is.
            """;

    private DiagnosisPrompt() {}

    /** The question about these, both as JSON. */
    static String asked(String health, String metrics) {
        return QUESTION + "\nHealth:\n" + health + "\n\nFigures:\n" + metrics + "\n";
    }
}
