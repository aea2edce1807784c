package io.breakwater.adapter.http;

import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Transport;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Determines the sender of a request when its head is complete. While the answer is not known, nothing more is read
 * from the client, so a caller without identity occupies no memory for a body. The answer has as much time as the head
 * of a request.
 */
final class IdentityCheck implements HttpExchange.Listener {
    private final HttpExchange exchange;
    private final Consumer<Authenticated> then;
    private final long began;

    private IdentityCheck(HttpExchange exchange, Consumer<Authenticated> then) {
        this.exchange = exchange;
        this.then = then;
        this.began = exchange.loop.now();
    }

    /** Continues with the sender of a request to an HTTP resource, unless the request is refused. */
    static void require(HttpExchange exchange, Transport.Host host, Consumer<Authenticated> then) {
        require(exchange, host.authenticate(exchange.fields, exchange.peer), then);
    }

    /** Continues with the sender of a request to the MCP endpoint, unless the request is refused. */
    static void requireAtEndpoint(HttpExchange exchange, Transport.Host host, Consumer<Authenticated> then) {
        var method = exchange.request.method().name();
        require(exchange, host.authenticate(method, exchange.fields, exchange.peer), then);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the future never fails
    private static void require(
            HttpExchange exchange, CompletableFuture<Authentication> stage, Consumer<Authenticated> then) {
        if (stage.isDone()) {
            proceed(exchange, stage.join(), then);
        } else {
            var check = new IdentityCheck(exchange, then);
            exchange.setListener(check);
            exchange.stopReading();
            stage.thenAccept(answer -> exchange.loop.run(() -> exchange.attempt(() -> check.complete(answer))));
        }
    }

    /**
     * Continues with a sender after the body of the request was read. If the credential has expired or was revoked since,
     * the sender is determined again.
     *
     * @param since the time of the event loop when the sender was determined
     */
    static void confirm(
            HttpExchange exchange,
            Transport.Host host,
            Authenticated sender,
            long since,
            Consumer<Authenticated> then) {
        if (isStillValid(exchange, sender, since)) {
            then.accept(sender);
        } else {
            requireAtEndpoint(exchange, host, then);
        }
    }

    /** Whether the credential of a sender is valid. Nothing is checked as long as less than a second has passed. */
    static boolean isStillValid(HttpExchange exchange, Authenticated sender, long since) {
        return exchange.loop.now() == since || !sender.hasEnded(Instant.now());
    }

    private static void proceed(HttpExchange exchange, Authentication answer, Consumer<Authenticated> then) {
        switch (answer) {
            case Authenticated sender -> then.accept(sender);
            case Authentication.Challenge challenge -> exchange.refuse(challenge);
            case Authentication.Unavailable unavailable -> exchange.refuse(unavailable);
        }
    }

    private void complete(Authentication answer) {
        if (!exchange.settled()) {
            exchange.setListener(null);
            proceed(exchange, answer, then);
            exchange.resumeReading(); // pending input may arrive within this call
        }
    }

    @Override
    public void checkTimeouts(long now) {
        if (now - began > exchange.loop.settings.limits().headTimeout().toNanos()) {
            exchange.refuse(RequestRejection.IDENTITY);
        }
    }

    @Override
    public void clientDisconnected() {
        // The endpoint does not know of the message yet.
    }
}
