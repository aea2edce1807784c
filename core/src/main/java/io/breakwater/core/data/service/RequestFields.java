package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.Span;
import io.breakwater.port.driven.ServiceRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The header fields of a request to a service: those of the caller, the credentials, and the ids with which the logs and
 * traces of the service can be joined with those of this server.
 */
record RequestFields(Map<String, String> ofCaller, Map<String, String> credentials, Span span, CallContext context) {
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int MAX_REQUEST_ID = 128;

    /** Returns the request with these fields. */
    ServiceRequest addedTo(ServiceRequest request) {
        var all = new HashMap<>(ofCaller);
        all.putAll(credentials);
        var ofSpan = span.traceParent();
        var traceParent = ofSpan == null ? context.traceParent() : ofSpan;
        if (traceParent != null && TRACE_PARENT.matcher(traceParent).matches()) {
            all.put("traceparent", traceParent);
        }
        var requestId = context.requestId();
        if (isRequestId(requestId)) {
            all.put("x-request-id", requestId);
        }
        return new ServiceRequest(
                request.method(), request.target(), all, request.mediaType(), request.body(), request.idempotencyKey());
    }

    /** Whether the id consists of visible ASCII characters, which a header field can contain. */
    private static boolean isRequestId(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '!' || id.charAt(i) > '~') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= MAX_REQUEST_ID;
    }
}
