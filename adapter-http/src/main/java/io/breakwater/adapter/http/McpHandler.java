package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Serves the MCP endpoint: POST sends a message, GET opens a stream, DELETE ends a session. */
final class McpHandler {
    private static final String JSON = "application/json";
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence METHODS = HttpHeaders.createOptimized("POST, GET, DELETE");
    private static final byte[] NO_BODY = {};

    private final HttpSettings settings;
    private final Transport.Host host;
    private final McpEndpoint endpoint;

    McpHandler(HttpSettings settings, Transport.Host host) {
        this.settings = settings;
        this.host = host;
        this.endpoint = host.endpoint();
    }

    void handle(HttpExchange exchange, @Nullable String origin) {
        if (origin != null) {
            CorsHeaders.allow(exchange.response, origin);
        }
        switch (exchange.request.method().name()) {
            case "POST" -> IdentityCheck.requireAtEndpoint(exchange, host, sender -> post(exchange, sender));
            case "GET" -> IdentityCheck.requireAtEndpoint(exchange, host, sender -> get(exchange, sender));
            case "DELETE" ->
                IdentityCheck.requireAtEndpoint(
                        exchange, host, sender -> dispatch(exchange, sender, NO_BODY, endpoint::end));
            case "OPTIONS" -> options(exchange, origin);
            default -> refuseMethod(exchange);
        }
    }

    private void post(HttpExchange exchange, Authenticated sender) {
        var request = exchange.request;
        if (!isJson(request)) {
            exchange.refuse(RequestRejection.MEDIA_TYPE);
        } else if (BodyReader.isTooLong(request, settings.limits())) {
            exchange.refuse(RequestRejection.BODY_SIZE);
        } else {
            exchange.requestBody();
            readMessage(exchange, sender);
        }
    }

    private void readMessage(HttpExchange exchange, Authenticated sender) {
        long began = exchange.loop.now();
        BodyReader.read(
                exchange,
                endpoint::parsedWeight,
                body -> IdentityCheck.confirm(
                        exchange,
                        host,
                        sender,
                        began,
                        present -> dispatch(exchange, present, body, endpoint::message)));
    }

    private void get(HttpExchange exchange, Authenticated sender) {
        var accept = exchange.request.getHeader(HttpHeaders.ACCEPT);
        if (accept == null
                || AcceptHeader.allowsEvents(exchange.request.headers().getAll(HttpHeaders.ACCEPT))) {
            dispatch(exchange, sender, NO_BODY, endpoint::listen);
        } else {
            exchange.refuse(RequestRejection.NOT_ACCEPTABLE);
        }
    }

    private static void options(HttpExchange exchange, @Nullable String origin) {
        if (origin == null) {
            refuseMethod(exchange);
        } else {
            CorsHeaders.answerPreflight(exchange);
        }
    }

    private static void refuseMethod(HttpExchange exchange) {
        exchange.response.putHeader(ALLOW, METHODS);
        exchange.refuse(RequestRejection.METHOD);
    }

    private static boolean isJson(HttpServerRequest request) {
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() != 1 || request.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
            return false;
        }
        var type = types.getFirst();
        return type.equals(JSON) || (AcceptHeader.mediaType(type).equals(JSON) && AcceptHeader.isUtf8(type));
    }

    private static void dispatch(HttpExchange exchange, Authenticated sender, byte[] body, EndpointMethod method) {
        var reply = new McpReply(exchange);
        var message =
                new IncomingMessage(body, exchange.fields, sender, exchange.peer, Channel.EXCHANGE, exchange.memory);
        exchange.attempt(() -> method.invoke(message, reply));
    }

    /** A method of the endpoint. */
    private interface EndpointMethod {
        void invoke(IncomingMessage message, McpReply reply);
    }
}
