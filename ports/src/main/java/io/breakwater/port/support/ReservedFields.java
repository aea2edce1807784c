package io.breakwater.port.support;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header fields of requests to services that callers never set, whatever an operator allows: those that frame a
 * request, carry credentials, say where it comes from, or belong to this server.
 */
public final class ReservedFields {
    private static final Set<String> NAMES = Set.of(
            "accept-encoding",
            "authorization",
            "baggage",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "cookie2",
            "dpop",
            "expect",
            "forwarded",
            "host",
            "http2-settings",
            "idempotency-key",
            "keep-alive",
            "origin",
            "te",
            "traceparent",
            "tracestate",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via",
            "x-api-key",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-original-url",
            "x-real-ip",
            "x-request-id",
            "x-rewrite-url");
    private static final List<String> PREFIXES = List.of("proxy-", "sec-", "x-forwarded-");

    /** The reserved fields in which services expect credentials. */
    private static final Set<String> OF_CREDENTIALS = Set.of("authorization", "cookie", "x-api-key");

    private ReservedFields() {}

    /** Returns whether callers never set the field with this name, in which case does not matter. */
    public static boolean contains(String field) {
        var name = field.toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Returns whether a secret of the operator can be sent in the field with this name, in which case does not matter. */
    public static boolean canCarrySecret(String field) {
        return !contains(field) || OF_CREDENTIALS.contains(field.toLowerCase(Locale.ROOT));
    }
}
