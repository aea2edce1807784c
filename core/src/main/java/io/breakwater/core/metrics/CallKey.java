package io.breakwater.core.metrics;

import org.jspecify.annotations.Nullable;

/** The identity of a meter: the method, and the tool if the method calls one. */
record CallKey(String method, @Nullable String tool) implements Comparable<CallKey> {
    /** The name under which all unregistered methods and tools are counted. */
    static final String UNKNOWN = "unknown";

    /** The label of calls without a tool, because some backends reject an empty label. */
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
