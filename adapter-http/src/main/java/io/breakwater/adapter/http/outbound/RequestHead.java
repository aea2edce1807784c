package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.ServiceRequest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks the method and the header fields of a request, so that they cannot change how it is framed or routed. */
final class RequestHead {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    /** The client sets these fields, or does not support them. */
    private static final Set<String> RESERVED = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String NAME_SYMBOLS = "!#$%&'*+.^_`|~-";
    private static final char LAST_PRINTABLE = '~';

    private RequestHead() {}

    /**
     * Returns options with the method and the fields of a request.
     *
     * @throws PortException.RefusedException when one of them is not allowed
     */
    static RequestOptions options(OutboundRequest request) {
        return options(request.method(), request.fields());
    }

    /**
     * Returns options for a request to an instance of a service. The media type and the idempotency key of the request
     * count more than header fields of the same names.
     *
     * @throws PortException.RefusedException when the method or a field is not allowed
     */
    static RequestOptions options(ServiceRequest request) {
        var options = options(request.method(), request.fields());
        if (request.mediaType() != null) {
            add(options, "Content-Type", request.mediaType());
        }
        if (request.idempotencyKey() != null) {
            add(options, "Idempotency-Key", request.idempotencyKey());
        }
        return options;
    }

    private static RequestOptions options(String method, Map<String, String> fields) {
        if (!METHODS.contains(method)) {
            throw invalid("The method of a request to a service must be GET, HEAD, POST, PUT, PATCH or DELETE.");
        }
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(method))
                .addHeader("User-Agent", "Breakwater")
                .addHeader("Accept-Encoding", "identity");
        fields.forEach((name, value) -> add(options, name, value));
        return options;
    }

    private static void add(RequestOptions options, String name, String value) {
        if (!isName(name)) {
            throw invalid("A header field for a service has a name that HTTP does not allow.");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid("The header field " + name + " must not be set: the HTTP client sets it itself, or does not"
                    + " support it.");
        }
        if (!isValue(value)) {
            throw invalid("The value of the header field " + name + " contains a line break, a control character or a"
                    + " character outside ASCII. Remove or encode it.");
        }
        options.putHeader(name, value);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
            boolean digit = next >= '0' && next <= '9';
            if (!letter && !digit && NAME_SYMBOLS.indexOf(next) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char next = value.charAt(i);
            if ((next < ' ' && next != '\t') || next > LAST_PRINTABLE) {
                return false;
            }
        }
        return true;
    }

    /** Sends the head with the body, whose length is announced for the methods that usually have one. */
    static Future<Void> end(HttpClientRequest request, byte[] body) {
        return body.length > 0 || WITH_BODY.contains(request.getMethod())
                ? request.end(Buffer.buffer(body))
                : request.end();
    }

    private static PortException.RefusedException invalid(String message) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, message, null);
    }
}
