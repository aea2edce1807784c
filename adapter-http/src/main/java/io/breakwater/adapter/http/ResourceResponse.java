package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Complete;
import io.breakwater.port.driving.HttpResource.Streamed;
import io.breakwater.port.driving.ReplyStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the response of an HTTP resource: a complete body, or a stream. */
final class ResourceResponse {
    private static final Logger LOG = LoggerFactory.getLogger(ResourceHandler.class);
    private static final ReplyStatus.Overloaded RETRY_LATER = new ReplyStatus.Overloaded(Duration.ofSeconds(5));

    private final HttpResource resource;
    private final HttpExchange exchange;
    private final Authenticated sender;

    ResourceResponse(HttpResource resource, HttpExchange exchange, Authenticated sender) {
        this.resource = resource;
        this.sender = sender;
        this.exchange = exchange;
    }

    /** Sends the answer of the handler, or a refusal if it failed. Must run on the event loop. */
    void send(HttpResource.@Nullable Response answer, @Nullable Throwable failure) {
        if (exchange.settled()) {
            return;
        }
        if (answer == null) {
            LOG.error("The handler of the HTTP resource {} failed", resource.path(), failure);
            exchange.refuse(RequestRejection.INTERNAL);
            return;
        }
        switch (answer.body()) {
            case Complete(var bytes) -> {
                writeFields(answer);
                sendComplete(bytes);
            }
            case Streamed streamed -> sendStream(answer, streamed);
        }
    }

    private void writeFields(HttpResource.Response answer) {
        var response = exchange.response
                .setStatusCode(answer.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        SecurityHeaders.forResource(response.headers());
        answer.fields().forEach(response::putHeader);
    }

    private void sendComplete(byte[] bytes) {
        if (isHead()) {
            exchange.response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
            exchange.end(Buffer.buffer());
        } else {
            exchange.memory.grow(bytes.length);
            exchange.end(Buffer.buffer(bytes));
        }
    }

    private void sendStream(HttpResource.Response answer, Streamed streamed) {
        if (isHead()) {
            writeFields(answer);
            exchange.end(Buffer.buffer());
            return;
        }
        var stream = ResourceStream.open(exchange, sender, answer.contentType());
        if (stream == null) {
            StatusMapping.head(exchange.response, RETRY_LATER);
            exchange.refuse(RequestRejection.STREAMS);
            return;
        }
        writeFields(answer);
        stream.begin();
        streamed.producer().accept(stream);
    }

    private boolean isHead() {
        return exchange.request.method().equals(HttpMethod.HEAD);
    }
}
