package io.breakwater.port.driving;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Something a browser, a probe or a scraper may fetch beside the MCP endpoint. Transports mount the pages they are
 * handed and know none by name.
 *
 * @param path absolute, without a trailing slash: {@code /health}
 * @param listener on which listener it belongs
 * @param access who may ask
 * @param handler answers; must not block, and its stage must not fail
 */
public record HttpResource(String path, Listener listener, Access access, Handler handler) {

    /** The listeners a server may have. */
    public enum Listener {
        /** Where the MCP endpoint is. */
        PUBLIC,
        /** Where operators look. */
        MANAGEMENT
    }

    /** Who may ask for a page. */
    public enum Access {
        /** Probes: any Host, but no request that carries an Origin, and the answer holds no detail. */
        PROBE,
        /** Whoever may reach the MCP endpoint: Host and Origin checks apply. */
        PUBLIC
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface Handler {
        /** The answer, now or later. */
        CompletionStage<Answer> answer(Request request);
    }

    /**
     * What was asked.
     *
     * @param method the HTTP method, upper case
     * @param query the query string without the question mark, empty when there is none
     * @param fields the request's header fields
     */
    public record Request(String method, String query, HeaderFields fields) {}

    /**
     * What to send.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param fields further header fields
     * @param body the whole body
     */
    public record Answer(int status, String contentType, Map<String, String> fields, byte[] body) {}
}
