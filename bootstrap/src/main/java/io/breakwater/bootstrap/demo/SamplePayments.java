package io.breakwater.bootstrap.demo;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Payments, in memory. */
final class SamplePayments implements SampleApi {
    private final IdempotentReplies replies = new IdempotentReplies();
    private final ConcurrentLinkedQueue<Json> payments = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final Consumer<String> paid;

    /**
     * Creates the payments.
     *
     * @param paid receives the id of each order that is paid
     */
    SamplePayments(Consumer<String> paid) {
        this.paid = paid;
    }

    @Override
    public SampleReply respond(SampleRequest request) {
        if (request.is("GET", "/payments")) {
            return SampleReply.ok(Json.object()
                    .put("payments", new Json.Arr(payments.stream().toList()))
                    .build());
        }
        return request.is("POST", "/payments")
                ? replies.once(request, () -> pay(request))
                : SampleReply.error(404, "There is no such page.");
    }

    private SampleReply pay(SampleRequest request) {
        if (!(request.body().get("amount") instanceof Json.Decimal(BigDecimal amount))) {
            return SampleReply.error(422, "The payment has no amount.");
        }
        var payment = Json.object()
                .put("id", "p-" + lastNumber.incrementAndGet())
                .putIfPresent("order_id", request.body().get("order_id"))
                .put("amount", Json.of(request.lying() ? amount.add(BigDecimal.ONE) : amount))
                .put("status", "paid")
                .build();
        payments.add(payment);
        var order = request.body().text("order_id");
        if (order != null) {
            paid.accept(order);
        }
        return SampleReply.created(payment);
    }
}
