package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request for an order.
 *
 * @param name the request
 * @param outcome what became of it
 * @param httpStatus the status of the response; null if there was none
 * @param message what happened, for the caller; null if the request succeeded
 */
public record OrderStep(
        Name name,
        Outcome outcome,
        @Nullable Integer httpStatus,
        @Nullable String message) {

    /** The requests, in their order. */
    public enum Name {
        /** Finds the user. */
        CHECK_USER,
        /** Creates the order. */
        CREATE_ORDER,
        /** Pays the order. */
        PAY,
        /** Cancels the order. */
        CANCEL_ORDER
    }

    /** What became of a request. */
    public enum Outcome {
        /** It succeeded. */
        DONE,
        /** It certainly had no effect, or not the effect that it should have. */
        FAILED,
        /** It may have had its effect. */
        UNKNOWN
    }

    static OrderStep done(Name name, StepReply.Accepted reply) {
        return new OrderStep(name, Outcome.DONE, reply.httpStatus(), null);
    }

    static OrderStep of(Name name, Outcome outcome, StepReply reply, String more) {
        return new OrderStep(name, outcome, reply.httpStatus(), reply.message() + more);
    }

    static OrderStep of(Name name, Outcome outcome, String message) {
        return new OrderStep(name, outcome, null, message);
    }

    Json.Obj json() {
        var json = Json.object().put("name", word(name)).put("outcome", word(outcome));
        if (httpStatus != null) {
            json.put("http_status", httpStatus);
        }
        return json.putIfPresent("message", message).build();
    }

    static OrderStep read(Json.Obj json) {
        return new OrderStep(
                constant(Name.class, json.text("name")),
                constant(Outcome.class, json.text("outcome")),
                json.get("http_status") instanceof Json.Decimal(var status) ? status.intValueExact() : null,
                json.text("message"));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, @Nullable String word) {
        return Enum.valueOf(type, String.valueOf(word).toUpperCase(Locale.ROOT));
    }
}
