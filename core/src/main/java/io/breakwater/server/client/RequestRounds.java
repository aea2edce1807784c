package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import java.util.LinkedHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, and repeats a request with responses as long as the server answers {@code input_required} (from
 * 2026-07-28).
 */
final class RequestRounds {
    private static final int MAX_ROUNDS = 20;

    private final MessageRouter router;
    private final @Nullable Function<ServerRequest, Json.Obj> responder;

    RequestRounds(MessageRouter router, @Nullable Function<ServerRequest, Json.Obj> responder) {
        this.router = router;
        this.responder = responder;
    }

    /** Sends a request; its result completes the pending request. */
    void send(PendingRequest pending, String method, Json.Obj params) {
        send(pending, method, params, 1);
    }

    private void send(PendingRequest pending, String method, Json.Obj params, int round) {
        var exchange = router.exchange();
        pending.setExchange(exchange);
        var unused = exchange.response().whenComplete((result, failure) -> {
            if (failure != null) {
                pending.result().completeExceptionally(failure);
            } else if ("input_required".equals(result.text("resultType"))) {
                retryWithResponses(pending, method, params, result, round);
            } else {
                pending.result().complete(result);
            }
        });
        router.send(exchange, method, params);
    }

    /** Repeats the request with the responses to the client requests of the server. */
    private void retryWithResponses(
            PendingRequest pending, String method, Json.Obj params, Json.Obj inputRequired, int round) {
        try {
            if (round == MAX_ROUNDS) {
                throw new PortException.RefusedException(
                        "The server still requests input after " + round + " rounds", null);
            }
            var next = new LinkedHashMap<>(params.members());
            next.put("inputResponses", respondAll(inputRequired.object("inputRequests")));
            next.remove("requestState");
            var state = inputRequired.get("requestState");
            if (state != null) {
                next.put("requestState", state);
            }
            send(pending, method, new Json.Obj(next), round + 1);
        } catch (RuntimeException failure) {
            pending.result().completeExceptionally(failure);
        }
    }

    private Json.Obj respondAll(Json.Obj requests) {
        var responses = Json.object();
        requests.members().forEach((key, inputRequest) -> {
            var request = (Json.Obj) inputRequest;
            var method = String.valueOf(request.text("method"));
            if (responder == null) {
                throw new PortException.RefusedException(
                        "The server requests " + method + ", but this client has no function for server requests",
                        null);
            }
            responses.put(key, responder.apply(new ServerRequest(key, method, request.object("params"))));
        });
        return responses.build();
    }
}
