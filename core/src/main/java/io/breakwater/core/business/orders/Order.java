package io.breakwater.core.business.orders;

import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order, and what has become of its steps so far. Immutable; it is stored as JSON.
 *
 * @param userId the id of the user
 * @param items the items, as they are sent
 * @param total the exact total
 * @param keys the idempotency keys of the requests
 * @param orderId the id that the order service has given; null if there is none so far
 * @param order the order, as the order service returned it; null if it did not
 * @param payment the payment, as the payment service returned it; null if it did not
 * @param steps the steps so far
 * @param status the status
 */
public record Order(
        Json userId,
        Json.Arr items,
        BigDecimal total,
        OrderKeys keys,
        @Nullable Json orderId,
        Json.@Nullable Obj order,
        Json.@Nullable Obj payment,
        List<OrderStep> steps,
        Status status) {

    /** What is stored of a response, at most, in bytes. */
    private static final int MAX_RESPONSE_BYTES = 16 * 1024;

    /** The status of an order. */
    public enum Status {
        /** The order is paid. */
        COMPLETED,
        /** The order is cancelled, and not paid. */
        CANCELLED,
        /** The outcome is not known, or not known yet. */
        UNKNOWN
    }

    /** Copies the steps. */
    public Order {
        steps = List.copyOf(steps);
    }

    static Order begun(OrderRequest request, IdempotencyKey key) {
        return new Order(
                request.userId(),
                request.itemsJson(),
                request.total(),
                OrderKeys.of(key),
                null,
                null,
                null,
                List.of(),
                Status.UNKNOWN);
    }

    /** Returns the {@code Idempotency-Key} of the request that creates the order. */
    public String orderKey() {
        return keys.order();
    }

    /** Returns the {@code Idempotency-Key} of the payment. */
    public String paymentKey() {
        return keys.payment();
    }

    /** Returns the order with what has become of a step now. */
    Order with(OrderStep step) {
        var all = new ArrayList<>(steps);
        all.removeIf(earlier -> earlier.name() == step.name());
        all.add(step);
        return new Order(userId, items, total, keys, orderId, order, payment, all, status);
    }

    Order withOrder(Json id, Json.Obj response) {
        return new Order(userId, items, total, keys, id, limited(response, "id", "total"), payment, steps, status);
    }

    Order withPayment(Json.Obj response) {
        return new Order(userId, items, total, keys, orderId, order, limited(response, "id", "amount"), steps, status);
    }

    Order with(Status newStatus) {
        return new Order(userId, items, total, keys, orderId, order, payment, steps, newStatus);
    }

    /** Returns the response, or of a large one only these members, as far as they are short. */
    private static Json.Obj limited(Json.Obj response, String... members) {
        if (JsonWriter.bytes(response).length <= MAX_RESPONSE_BYTES) {
            return response;
        }
        var brief = Json.object();
        for (var member : members) {
            var value = response.get(member);
            if (EntityId.of(value) != null || value instanceof Json.Decimal) {
                brief.putIfPresent(member, value);
            }
        }
        return brief.build();
    }

    Json.Obj json() {
        return Json.object()
                .put("user_id", userId)
                .put("items", items)
                .put("total", Json.of(total))
                .put("keys", keys.json())
                .putIfPresent("order_id", orderId)
                .putIfPresent("order", order)
                .putIfPresent("payment", payment)
                .put(
                        "steps",
                        new Json.Arr(steps.stream().<Json>map(OrderStep::json).toList()))
                .put("status", OrderStep.word(status))
                .build();
    }

    static Order read(Json.Obj json) {
        var steps = new ArrayList<OrderStep>();
        ((Json.Arr) member(json, "steps")).items().forEach(step -> steps.add(OrderStep.read((Json.Obj) step)));
        return new Order(
                member(json, "user_id"),
                (Json.Arr) member(json, "items"),
                ((Json.Decimal) member(json, "total")).value(),
                OrderKeys.read(json.object("keys")),
                json.get("order_id"),
                (Json.Obj) json.get("order"),
                (Json.Obj) json.get("payment"),
                steps,
                OrderStep.constant(Status.class, json.text("status")));
    }

    private static Json member(Json.Obj json, String name) {
        return Objects.requireNonNull(json.get(name), name);
    }
}
