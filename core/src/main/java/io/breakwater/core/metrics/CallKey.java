package io.breakwater.core.metrics;

import org.jspecify.annotations.Nullable;

/** What calls are told apart by. */
record CallKey(String method, @Nullable String tool) implements Comparable<CallKey> {
    /** Stands for every method, and for every tool, that is not registered. */
    static final String UNKNOWN = "unknown";

    /** The label of calls that call no tool: some backends refuse an empty one. */
    private static final String NO_TOOL = "none";

    String toolLabel() {
        return tool == null ? NO_TOOL : tool;
    }

    @Override
    public int compareTo(CallKey other) {
        int byMethod = method.compareTo(other.method);
        return byMethod != 0 ? byMethod : toolLabel().compareTo(other.toolLabel());
    }
}
