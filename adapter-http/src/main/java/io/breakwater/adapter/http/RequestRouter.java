package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes requests to the MCP endpoint and to HTTP resources by their paths. It decides by the head alone, before a byte
 * of the body is read: whether the host is allowed, whether the origin is allowed, and whether the path exists.
 *
 * <p>Resources of the management listener are left out: the public listener must never serve them.
 */
final class RequestRouter {
    private final String path;
    private final OriginFilter originFilter;
    private final McpHandler mcp;
    private final Map<String, ResourceHandler> resources = new HashMap<>();

    RequestRouter(HttpSettings settings, OriginFilter originFilter, Transport.Host host) {
        this.path = settings.path();
        this.originFilter = originFilter;
        this.mcp = new McpHandler(settings, host);
        for (var resource : host.resources()) {
            if (resource.listener() == HttpResource.Listener.PUBLIC) {
                resources.put(resource.path(), new ResourceHandler(resource));
            }
        }
    }

    /** Routes one request. */
    void handle(HttpExchange exchange) {
        var request = exchange.request;
        var requestPath = request.path();
        var resource = path.equals(requestPath) ? null : resources.get(requestPath);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var refusal = refusal(request, resource, origin);
        if (refusal != null) {
            exchange.refuse(refusal);
        } else if (resource != null) {
            resource.handle(exchange, origin);
        } else if (path.equals(requestPath)) {
            mcp.handle(exchange, origin);
        } else {
            exchange.refuse(RequestRejection.PATH);
        }
    }

    private @Nullable RequestRejection refusal(
            HttpServerRequest request, @Nullable ResourceHandler resource, @Nullable String origin) {
        if (resource != null && resource.isProbe()) {
            return origin == null ? null : RequestRejection.ORIGIN;
        }
        return originFilter.refusal(request, origin);
    }
}
