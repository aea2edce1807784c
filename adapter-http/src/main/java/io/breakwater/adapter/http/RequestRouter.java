package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
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
    private final PathTable resources;

    RequestRouter(HttpSettings settings, OriginFilter originFilter, Transport.Host host) {
        this.path = settings.path();
        this.originFilter = originFilter;
        this.mcp = new McpHandler(settings, host);
        this.resources = new PathTable(
                host.resources().stream()
                        .filter(resource -> resource.listener() == HttpResource.Listener.PUBLIC)
                        .toList(),
                ResourceHandler::new);
