package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is served where: the MCP endpoint at its path, pages at theirs. Decides by the request's head alone, before a
 * byte of the body is read: is it addressed to us, may that origin call, is there something at that path.
 *
 * <p>Management pages are left out: they wait for a listener of their own and must never show on the public one.
 */
final class RequestRouter {
    private final String path;
    private final OriginFilter door;
    private final McpHandler mcp;
    private final Map<String, ResourceHandler> pages = new HashMap<>();

    RequestRouter(HttpSettings settings, OriginFilter door, Transport.Host host) {
        this.path = settings.path();
        this.door = door;
        this.mcp = new McpHandler(settings, host.endpoint());
        for (var page : host.pages()) {
            if (page.listener() == HttpResource.Listener.PUBLIC) {
                pages.put(page.path(), new ResourceHandler(page));
            }
        }
    }

    /** Serves one request. */
    void handle(HttpExchange exchange) {
        var request = exchange.request;
        var asked = request.path();
        var page = path.equals(asked) ? null : pages.get(asked);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var refusal = refusal(request, page, origin);
        if (refusal != null) {
            exchange.refuse(refusal);
        } else if (page != null) {
            page.handle(exchange, origin);
        } else if (path.equals(asked)) {
            mcp.handle(exchange, origin);
        } else {
            exchange.refuse(RequestRejection.PATH);
        }
    }

    private @Nullable RequestRejection refusal(
            HttpServerRequest request, @Nullable ResourceHandler page, @Nullable String origin) {
        if (page != null && page.isProbe()) {
            return origin == null ? null : RequestRejection.ORIGIN;
        }
        if (door.isForOthers(request)) {
            return RequestRejection.MISDIRECTED;
        }
        if (!door.isAllowedHost(request)) {
            return RequestRejection.HOST;
        }
        return origin == null || isWelcome(request, origin) ? null : RequestRejection.ORIGIN;
    }

    private boolean isWelcome(HttpServerRequest request, String origin) {
        return request.headers().getAll(HttpHeaders.ORIGIN).size() == 1 && door.isAllowedOrigin(origin);
    }
}
