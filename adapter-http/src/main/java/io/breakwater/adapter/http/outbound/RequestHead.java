package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the method and the header fields of a request, so that they cannot change how it is framed or routed. */
final class RequestHead {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

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

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]*");

    private RequestHead() {}

    /**
     * Returns options with the method and the fields of a request.
     *
     * @throws PortException.RefusedException when one of them is not allowed
     */
    static RequestOptions options(OutboundRequest request) {
        if (!METHODS.contains(request.method())) {
            throw invalid("The method of a request to a service must be GET, HEAD, POST, PUT, PATCH or DELETE.");
        }
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .addHeader("User-Agent", "Breakwater")
                .addHeader("Accept-Encoding", "identity");
        request.fields().entrySet().stream()
                .map(RequestHead::checked)
                .forEach(field -> options.putHeader(field.getKey(), field.getValue()));
        return options;
    }

    private static Map.Entry<String, String> checked(Map.Entry<String, String> field) {
        var name = field.getKey();
        if (!NAME.matcher(name).matches()) {
            throw invalid("A header field for a service has a name that HTTP does not allow.");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw invalid("The header field " + name + " must not be set: the HTTP client sets it itself, or does not"
                    + " support it.");
        }
        if (!VALUE.matcher(field.getValue()).matches()) {
            throw invalid("The value of the header field " + name + " contains a line break, a control character or a"
                    + " character outside ASCII. Remove or encode it.");
        }
        return field;
    }

    private static PortException.RefusedException invalid(String message) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, message, null);
    }
}
