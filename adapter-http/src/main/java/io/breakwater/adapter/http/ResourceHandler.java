package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.HttpResource;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves one HTTP resource: checks the access, the path and the method, reads the body if there is one, and calls its handler. */
final class ResourceHandler {
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final byte[] EMPTY = {};

    private final HttpResource resource;
    private final AccessCheck access;
    private final String methods;

    ResourceHandler(HttpResource resource, AccessCheck access) {
        this.resource = resource;
        this.access = access;
        this.methods = String.join(", ", resource.methods());
    }

    HttpResource resource() {
        return resource;
    }

    boolean isProbe() {
        return resource.access() instanceof HttpResource.Access.Probe;
    }

    boolean acceptsAnyOrigin() {
        return resource.access() instanceof HttpResource.Access.AnyOrigin;
    }

    void handle(HttpExchange exchange, @Nullable String origin) {
        if (acceptsAnyOrigin()) {
            CorsHeaders.allowAll(exchange.response);
            if (exchange.request.method().equals(HttpMethod.OPTIONS)) {
                CorsHeaders.answerPreflight(exchange);
                return;
            }
        } else if (origin != null) {
            CorsHeaders.allow(exchange.response, origin);
        }
        access.check(exchange, sender -> accept(exchange, sender));
    }

    private void accept(HttpExchange exchange, Authenticated sender) {
        var subpath = resource.subpath(Objects.requireNonNullElse(exchange.request.path(), ""));
        if (subpath.isEmpty()) {
            exchange.refuse(RequestRejection.AMBIGUOUS_PATH);
        } else if (resource.methods().contains(exchange.request.method().name())) {
            read(exchange, subpath.get(), sender);
        } else {
            exchange.response.putHeader(ALLOW, methods);
            exchange.refuse(RequestRejection.METHOD);
        }
    }

    private void read(HttpExchange exchange, String subpath, Authenticated sender) {
        var request = exchange.request;
        int maxBytes = resource.maxBodyBytes();
        if (maxBytes == 0 || WITHOUT_BODY.contains(request.method().name())) {
            invoke(exchange, subpath, sender, EMPTY);
        } else if (BodyReader.isTooLong(request, maxBytes)) {
            exchange.refuseBodySize(maxBytes);
        } else {
            exchange.requestBody();
            long began = exchange.loop.now();
            BodyReader.read(
                    exchange,
                    maxBytes,
                    body -> exchange.attempt(() ->
                            confirm(exchange, sender, began, present -> invoke(exchange, subpath, present, body))));
        }
    }

    private void confirm(HttpExchange exchange, Authenticated sender, long since, Consumer<Authenticated> then) {
        if (IdentityCheck.isStillValid(exchange, sender, since)) {
            then.accept(sender);
        } else {
            access.check(exchange, then);
        }
    }

    private void invoke(HttpExchange exchange, String subpath, Authenticated sender, byte[] body) {
        var request = exchange.request;
        var response = new ResourceResponse(resource, exchange, sender);
        resource.handler()
                .answer(new HttpResource.Request(
                        request.method().name(),
                        subpath,
                        Objects.requireNonNullElse(request.query(), ""),
                        exchange.fields,
                        exchange.peer,
                        sender.principal(),
                        body))
                .whenComplete((answer, failure) ->
                        exchange.loop.run(() -> exchange.attempt(() -> response.send(answer, failure))));
    }
}
