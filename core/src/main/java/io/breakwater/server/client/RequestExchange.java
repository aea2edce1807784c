package io.breakwater.server.client;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driving.Event;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request and what comes back for it, over as many connections as that takes. */
final class RequestExchange implements ClientTransport.Receiver {
    private static final int MOST_RESUMPTIONS = 10;

    private final MessageRouter board;
    private final RequestId id;
    private final CompletableFuture<Json.Obj> answer = new CompletableFuture<>();
    private ClientTransport.@Nullable Carriage carriage; // guarded by this
    private boolean dropped; // guarded by this
    private @Nullable String lastEvent; // guarded by this
    private int resumptions; // guarded by this

    RequestExchange(MessageRouter board, RequestId id) {
        this.board = board;
        this.id = id;
    }

    RequestId id() {
        return id;
    }

    CompletableFuture<Json.Obj> answer() {
        return answer;
    }

    void on(ClientTransport.Carriage begun) {
        boolean late;
        synchronized (this) {
            carriage = begun;
            late = dropped;
        }
        if (late) {
            begun.drop();
        }
    }

    /** Hangs up. */
    void drop() {
        ClientTransport.Carriage present;
        synchronized (this) {
            dropped = true;
            present = carriage;
        }
        if (present != null) {
            present.drop();
        }
    }

    @Override
    public void session(String session) {
        board.session(session);
    }

    @Override
    public void event(Event event) {
        if (event.id() != null) {
            synchronized (this) {
                lastEvent = event.id();
            }
        }
        if (event.message().length > 0) {
            board.take(event.message(), this);
        }
    }

    @Override
    public void closed(@Nullable String reason) {
        if (answer.isDone() || (reason == null && board.lasting())) {
            return;
        }
        var from = reason == null ? whereToResume() : null;
        if (from != null) {
            on(board.resume(from, this));
        } else {
            fail(reason == null ? "the exchange ended without an answer" : reason);
        }
    }

    private synchronized @Nullable String whereToResume() {
        return !dropped && resumptions++ < MOST_RESUMPTIONS ? lastEvent : null;
    }

    void answered(Message.Response response) {
        var error = response.error();
        if (error != null) {
            answer.completeExceptionally(failure(error));
        } else if (response.result() != null && response.result().json() instanceof Json.Obj result) {
            answer.complete(result);
        } else {
            fail("the result is no object");
        }
    }

    void fail(String reason) {
        answer.completeExceptionally(
                new PortException.UnavailableException("No answer from the server: " + reason, null, null));
    }

    private static PortException failure(ParsedJson error) {
        var code = error.member("code");
        var message = error.text("message");
        var data = error.member("data");
        return new PortException.ProtocolErrorException(
                code != null && code.json() instanceof Json.Decimal(var number) ? number.intValue() : 0,
                message == null ? "The server gave no reason" : message,
                data == null ? null : data.json(),
                null);
    }
}
