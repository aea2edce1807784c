package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MalformedMessageException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request and its response, over several connections if its stream is interrupted. */
final class RequestExchange implements ClientTransport.Receiver {
    private static final int MAX_RESUMPTIONS = 10;

    private final MessageRouter router;
    private final RequestId id;
    private final CompletableFuture<Json.Obj> future = new CompletableFuture<>();
    private ClientTransport.@Nullable TransportExchange transportExchange; // guarded by this
    private boolean aborted; // guarded by this
    private @Nullable String lastEvent; // guarded by this
    private int resumptions; // guarded by this
    private volatile boolean unauthorized;
    private volatile @Nullable String malformed;

    RequestExchange(MessageRouter router, RequestId id) {
        this.router = router;
        this.id = id;
    }

    RequestId id() {
        return id;
    }

    CompletableFuture<Json.Obj> response() {
        return future;
    }

    void attach(ClientTransport.TransportExchange started) {
        boolean alreadyAborted;
        synchronized (this) {
            transportExchange = started;
            alreadyAborted = aborted;
        }
        if (alreadyAborted) {
            started.cancel();
        }
    }

    /** Aborts the exchange. */
    void abort() {
        ClientTransport.TransportExchange current;
        synchronized (this) {
            aborted = true;
            current = transportExchange;
        }
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void session(String session) {
        router.session(session);
    }

    @Override
    public void unauthorized() {
        unauthorized = true;
    }

    boolean isUnauthorized() {
        return unauthorized;
    }

    @Override
    public void event(Event event) {
        if (event.id() != null) {
            synchronized (this) {
                lastEvent = event.id();
            }
        }
        if (event.message().length > 0) {
            router.receive(event.message(), this);
        }
    }

    @Override
    public void closed(@Nullable PortException failure) {
        if (future.isDone() || (failure == null && router.isSession())) {
            return;
        }
        var eventId = failure == null ? resumePoint() : null;
        if (eventId != null) {
            attach(router.resume(eventId, this));
        } else if (failure != null) {
            fail(failure);
        } else {
            fail(malformed == null ? "the exchange ended without a response" : malformed);
        }
    }

    /**
     * The message may be about a refusal by HTTP, which is a better explanation and comes with the end of the exchange.
     */
    void receivedMalformed(MalformedMessageException exception) {
        malformed = "the message is invalid: " + exception.getMessage();
        if (router.isSession()) {
            fail(malformed);
        }
    }

    private synchronized @Nullable String resumePoint() {
        return !aborted && resumptions++ < MAX_RESUMPTIONS ? lastEvent : null;
    }

    void complete(Message.Response response) {
        var error = response.error();
        if (error != null) {
            future.completeExceptionally(failure(error));
        } else if (response.result() != null && response.result().json() instanceof Json.Obj result) {
            future.complete(result);
        } else {
            fail("the result is not an object");
        }
    }

    void fail(String reason) {
        fail(new PortException.UnavailableException("No response from the server: " + reason, null, null));
    }

    void fail(PortException failure) {
        future.completeExceptionally(failure);
    }

    private static PortException failure(ParsedJson error) {
        var code = error.member("code");
        var message = error.text("message");
        var data = error.member("data");
        return new PortException.ProtocolErrorException(
                code != null && code.json() instanceof Json.Decimal(var number) ? number.intValue() : 0,
                message == null ? "The server gave no error message" : message,
                data == null ? null : data.json(),
                null);
    }
}
