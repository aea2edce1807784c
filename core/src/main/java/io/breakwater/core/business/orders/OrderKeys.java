package io.breakwater.core.business.orders;

import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.support.LengthPrefixedDigest;
import io.breakwater.port.support.Sha256;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * The values of {@code Idempotency-Key} for the requests of one order. They are derived from the key of the call, and
 * stored before the first request.
 *
 * @param order for the request that creates the order
 * @param payment for the payment
 * @param cancellation for the cancellation
 */
record OrderKeys(String order, String payment, String cancellation) {
    private static final Duration RETENTION = Duration.ofDays(1);

    /** Returns a key for a call whose caller has sent none. No other call has the same. */
    static IdempotencyKey ofSingleCall() {
        return new IdempotencyKey(
                Sha256.hex(UUID.randomUUID().toString()), "create_order", Sha256.hex("single call"), RETENTION);
    }

    static OrderKeys of(IdempotencyKey key) {
        return new OrderKeys(derived(key, "order"), derived(key, "payment"), derived(key, "cancellation"));
    }

    private static String derived(IdempotencyKey key, String purpose) {
        return new LengthPrefixedDigest().add(purpose).add(key.digest()).hex();
    }

    Json.Obj json() {
        return Json.object()
                .put("order", order)
                .put("payment", payment)
                .put("cancellation", cancellation)
                .build();
    }

    static OrderKeys read(Json.Obj json) {
        return new OrderKeys(text(json, "order"), text(json, "payment"), text(json, "cancellation"));
    }

    private static String text(Json.Obj json, String name) {
        return Objects.requireNonNull(json.text(name), name);
    }
}
