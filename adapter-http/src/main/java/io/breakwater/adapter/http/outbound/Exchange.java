package io.breakwater.adapter.http.outbound;

import io.breakwater.port.PortException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.CompletableFuture;

/** Sends a request on its connection, and checks the response while it arrives, on the event loop. */
final class Exchange {
    private final HttpClientRequest request;
    private final String origin;
    private final BoundedBody body;
    private final CompletableFuture<OutboundResponse> outcome = new CompletableFuture<>();

    Exchange(HttpClientRequest request, String origin, BoundedBody body) {
        this.request = request;
        this.origin = origin;
        this.body = body;
    }

    /** Sends the request, and returns its future response. */
    CompletableFuture<OutboundResponse> send(byte[] content) {
        request.exceptionHandler(outcome::completeExceptionally);
        request.response().onComplete(this::receiveHead, outcome::completeExceptionally);
        RequestHead.end(request, content).onFailure(outcome::completeExceptionally);
        return outcome;
    }

    private void receiveHead(HttpClientResponse response) {
        response.exceptionHandler(outcome::completeExceptionally); // also for one that is refused: Vert.x would log it
        if (isAccepted(() -> ResponseHead.check(origin, response, body))) {
            response.handler(bytes -> {
                var unused = outcome.isDone() || isAccepted(() -> body.add(bytes));
            });
            response.endHandler(end -> outcome.complete(
                    new OutboundResponse(response.statusCode(), ResponseHead.fields(response), body.bytes())));
        }
    }

    /** Runs a check, and ends the exchange if it fails. */
    private boolean isAccepted(Runnable check) {
        try {
            check.run();
            return true;
        } catch (PortException refused) {
            outcome.completeExceptionally(refused);
            close();
            return false;
        }
    }

    /** Ends the exchange: closes the connection, unless the response was complete. */
    void close() {
        request.reset();
    }
}
