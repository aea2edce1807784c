package io.breakwater.port;

import org.jspecify.annotations.Nullable;

/**
 * Records the calls of a server as spans, for example with OpenTelemetry. The server opens one span for each call, and
 * drivers open spans below it through the {@link CallContext}. Thread-safe.
 */
@FunctionalInterface
public interface Tracing {
    /** Records nothing. */
    Tracing NONE = call -> Span.NONE;

    /**
     * Opens the span of a call. Returns quickly and does not block. The server ends the span with the call: it sets the
     * attribute {@code mcp.status}, marks the span as failed if the call failed, and closes it. If this method throws,
     * the call is not recorded.
     *
     * @return {@link Span#NONE} for a call that is not recorded
     */
    Span start(TracedCall call);

    /**
     * A call that begins.
     *
     * @param requestId the id of the call in log lines and errors
     * @param method the MCP method
     * @param target the name of the tool or prompt, or the URI of the resource; empty if the method has none. Unchecked
     *     input of a client
     * @param traceParent the parent of the call, which the request names in its {@code _meta} in the format of W3C Trace
     *     Context; null if there is none. Unchecked input, like the next three
     * @param traceState the state of the caller's tracing that belongs to it, or null
     * @param baggage the W3C baggage in the request's {@code _meta}, or null
     * @param httpTraceParent the parent that the HTTP request names, or null. It counts as the parent if {@code _meta}
     *     has none, and is a link otherwise
     */
    record TracedCall(
            String requestId,
            String method,
            String target,
            @Nullable String traceParent,
            @Nullable String traceState,
            @Nullable String baggage,
            @Nullable String httpTraceParent) {}
}
