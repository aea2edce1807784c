package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.Transport;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Routes the requests of one listener to the MCP endpoint and to HTTP resources by their paths. It decides by the head
 * alone, before a byte of the body is read: whether the host is allowed, whether the origin is allowed, and whether the
 * path exists.
 *
 * <p>Resources of the management listener are left out of the public one, which must never serve them. The management
 * listener serves the probes too, and no MCP.
 */
final class RequestRouter {
    private final String path;
    private final OriginFilter originFilter;
    private final @Nullable McpHandler mcp;
    private final PathTable resources;

    private RequestRouter(String path, OriginFilter originFilter, @Nullable McpHandler mcp, PathTable resources) {
        this.path = path;
        this.originFilter = originFilter;
        this.mcp = mcp;
        this.resources = resources;
    }

    /** Creates the router of the listener for clients. */
    static RequestRouter ofPublic(HttpSettings settings, OriginFilter originFilter, Transport.Host host) {
        return new RequestRouter(
                settings.path(),
                originFilter,
                new McpHandler(settings, host),
                table(host, resource -> resource.listener() == Listener.PUBLIC, AccessCheck.ofPublic(host)));
    }

    /** Creates the router of the listener for operators. */
    static RequestRouter ofManagement(OriginFilter originFilter, AccessCheck.Factory checks, Transport.Host host) {
        return new RequestRouter("", originFilter, null, table(host, RequestRouter::isForOperators, checks));
    }

    private static boolean isForOperators(HttpResource resource) {
        return resource.listener() == Listener.MANAGEMENT || resource.access() instanceof Access.Probe;
    }

    private static PathTable table(Transport.Host host, Predicate<HttpResource> selection, AccessCheck.Factory checks) {
        return new PathTable(
                host.resources().stream().filter(selection).toList(),
                resource -> new ResourceHandler(resource, checks.of(resource.access())));
    }

    /** Routes one request. */
    void handle(HttpExchange exchange) {
        var request = exchange.request;
        var malformed = malformed(request);
        if (malformed != null) {
            exchange.refuse(malformed);
            return;
        }
        var requestPath = Objects.requireNonNullElse(request.path(), "");
        boolean isMcp = mcp != null && path.equals(requestPath);
        var resource = isMcp ? null : resources.find(requestPath);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        var refusal = refusal(request, resource, origin);
        if (refusal != null) {
            exchange.refuse(refusal);
        } else if (resource != null) {
            resource.handle(exchange, origin);
        } else if (mcp == null) {
            exchange.refuse(RequestRejection.MANAGEMENT_PATH);
        } else if (isMcp) {
            mcp.handle(exchange, origin);
        } else {
            exchange.refuse(RequestRejection.PATH);
        }
    }

    /** The target of {@code CONNECT} is no path, and in HTTP/2 there is none. */
    private @Nullable RequestRejection malformed(HttpServerRequest request) {
        var target = request.uri();
        if (target == null || request.method().equals(HttpMethod.CONNECT)) {
            return RequestRejection.METHOD;
        }
        boolean accepted = request.version().equals(HttpVersion.HTTP_2)
                ? RequestTarget.isAcceptedPath(target)
                : RequestTarget.isAccepted(target);
        if (accepted) {
            return null;
        }
        return originFilter.isMisdirected(request) ? RequestRejection.MISDIRECTED : RequestRejection.BAD_REQUEST;
    }

    private @Nullable RequestRejection refusal(
            HttpServerRequest request, @Nullable ResourceHandler resource, @Nullable String origin) {
        if (resource != null && resource.isProbe()) {
            return origin == null ? null : RequestRejection.ORIGIN;
        }
        boolean anyOrigin = resource != null && resource.acceptsAnyOrigin();
        return originFilter.refusal(request, anyOrigin ? null : origin);
    }
}
