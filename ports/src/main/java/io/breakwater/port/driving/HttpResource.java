package io.breakwater.port.driving;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * A path that browsers, probes or scrapers can fetch beside the MCP endpoint. Transports mount all HTTP resources of
 * the server and know none by name.
 *
 * @param path absolute, without a trailing slash: {@code /health}
 * @param listener the listener that serves it
 * @param access the access checks
 * @param handler handles requests; must not block, and its stage must not fail
 */
public record HttpResource(String path, Listener listener, Access access, Handler handler) {

    /** The listeners of a server. */
    public enum Listener {
        /** The listener of the MCP endpoint. */
        PUBLIC,
        /** The listener for operators. */
        MANAGEMENT
    }

    /** The access checks of an HTTP resource. */
    public enum Access {
        /** For probes: accepts any Host, rejects requests with an Origin, and responds without details. */
        PROBE,
        /** Like the MCP endpoint: the checks of Host and Origin apply. */
        PUBLIC
    }

    /** Handles requests. */
    @FunctionalInterface
    public interface Handler {
        /** Returns the response. */
        CompletionStage<Response> answer(Request request);
    }

    /**
     * A request.
     *
     * @param method the HTTP method, upper case
     * @param query the query string without the question mark, empty when there is none
     * @param fields the request's header fields
     */
    public record Request(String method, String query, HeaderFields fields) {}

    /**
     * A response.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param fields further header fields
     * @param body the whole body
     */
    public record Response(int status, String contentType, Map<String, String> fields, byte[] body) {}
}
