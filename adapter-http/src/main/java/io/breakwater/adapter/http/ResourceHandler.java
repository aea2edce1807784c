package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one HTTP resource. */
final class ResourceHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceHandler.class);
    private static final CharSequence ALLOW = HttpHeaders.createOptimized("Allow");
    private static final CharSequence METHODS = HttpHeaders.createOptimized("GET, HEAD");
    private static final CharSequence SNIFFING = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");

    private final HttpResource resource;

    ResourceHandler(HttpResource resource) {
        this.resource = resource;
    }

    boolean isProbe() {
        return resource.access() == HttpResource.Access.PROBE;
    }

    void handle(HttpExchange exchange, @Nullable String origin) {
        if (origin != null) {
            CorsHeaders.allow(exchange.response, origin);
        }
        var method = exchange.request.method();
        if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            invoke(exchange)
                    .whenComplete((answer, failure) ->
                            exchange.loop.run(() -> exchange.attempt(() -> send(exchange, answer, failure))));
        } else {
            exchange.response.putHeader(ALLOW, METHODS);
            exchange.refuse(RequestRejection.METHOD);
        }
    }

    private CompletionStage<HttpResource.Response> invoke(HttpExchange exchange) {
        var request = exchange.request;
        return resource.handler()
                .answer(new HttpResource.Request(
                        request.method().name(),
                        Objects.requireNonNullElse(request.query(), ""),
                        new VertxHeaderFields(request.headers())));
    }

    private void send(HttpExchange exchange, HttpResource.@Nullable Response answer, @Nullable Throwable failure) {
        if (exchange.settled()) {
            return;
        }
        if (answer == null) {
            LOG.error("The handler of the HTTP resource {} failed", resource.path(), failure);
            exchange.refuse(RequestRejection.INTERNAL);
            return;
        }
        var response = exchange.response
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(SNIFFING, NOSNIFF);
        answer.fields().forEach(response::putHeader);
        if (exchange.request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
            exchange.end(Buffer.buffer());
        } else {
            exchange.end(Buffer.buffer(answer.body()));
        }
    }
}
