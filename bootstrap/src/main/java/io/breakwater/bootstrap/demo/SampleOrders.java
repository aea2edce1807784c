package io.breakwater.bootstrap.demo;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Orders, in memory. */
final class SampleOrders implements SampleApi {
    private static final String OPEN = "open";

    private final IdempotentReplies replies = new IdempotentReplies();
    private final ConcurrentHashMap<String, Json.Obj> orders = new ConcurrentHashMap<>();
    private final AtomicInteger lastNumber = new AtomicInteger();

    @Override
    public SampleReply respond(SampleRequest request) {
        if (request.is("GET", "/orders")) {
            return SampleReply.ok(Json.object()
                    .put(
                            "orders",
                            new Json.Arr(orders.values().stream()
                                    .map(Json.class::cast)
                                    .toList()))
                    .build());
        }
        if (request.is("POST", "/orders")) {
            return replies.once(request, () -> create(request));
        }
        var known = request.is("(GET|POST)", "/orders/[^/]+(/cancel)?") ? orders.get(request.segment(1)) : null;
        if (known == null) {
            return SampleReply.error(404, "There is no such order.");
        }
        return request.path().endsWith("/cancel")
                ? replies.once(request, () -> cancel(request))
                : SampleReply.ok(known);
    }

    private SampleReply create(SampleRequest request) {
        if (!(request.body().get("total") instanceof Json.Decimal(BigDecimal total))) {
            return SampleReply.error(422, "The order has no total.");
        }
        var id = "o-" + lastNumber.incrementAndGet();
        var order = Json.object()
                .put("id", id)
                .putIfPresent("user_id", request.body().get("user_id"))
                .putIfPresent("items", request.body().get("items"))
                .put("total", Json.of(request.lying() ? total.add(BigDecimal.ONE) : total))
                .put("status", OPEN)
                .build();
        orders.put(id, order);
        return SampleReply.created(order);
    }

    private SampleReply cancel(SampleRequest request) {
        return SampleReply.ok(Objects.requireNonNull(
                orders.computeIfPresent(request.segment(1), (id, order) -> with(order, "cancelled"))));
    }

    /** Marks an open order as paid; any other stays as it is. */
    void paid(String id) {
        orders.computeIfPresent(id, (same, order) -> OPEN.equals(order.text("status")) ? with(order, "paid") : order);
    }

    private static Json.Obj with(Json.Obj order, String status) {
        var changed = Json.object();
        order.members().forEach(changed::put);
        return changed.put("status", status).build();
    }
}
