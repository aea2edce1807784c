package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.ScriptedServices;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The services of a shop, with their state. It records every violation: an order that is paid twice, or both paid and
 * cancelled. A payment under a known key is the first one, if the payment service recognizes keys.
 */
final class SimulatedShop implements Services {
    private final Map<String, Integer> orders = new HashMap<>();
    private final Map<Integer, OrderState> states = new HashMap<>();
    private final Map<String, ServiceOutcome> payments = new HashMap<>();
    private final Queue<Runnable> late = new ArrayDeque<>();
    private final List<String> violations = new ArrayList<>();
    private final Policy policy;
    private final Supplier<Fault> faults;
    private Disruptions disruptions;
    private int requests;

    /**
     * How the services work.
     *
     * @param orderKeys whether the order service recognizes keys
     * @param paymentKeys whether the payment service recognizes keys
     * @param declines whether the payment is declined
     * @param lies whether the order service returns another total
     */
    record Policy(boolean orderKeys, boolean paymentKeys, boolean declines, boolean lies) {}

    /** What happens to a request. */
    enum Fault {
        NONE,
        NOT_DELIVERED,
        LOST_BEFORE_THE_EFFECT,
        LOST_AFTER_THE_EFFECT,
        /** The request arrives when its sender has given it up. */
        LATE,
        ERROR_BEFORE_THE_EFFECT,
        ERROR_AFTER_THE_EFFECT,
        TOO_MANY,
        /** A proxy refuses the request. */
        FORBIDDEN
    }

    private static final class OrderState {
        private int payments;
        private boolean cancelled;
    }

    SimulatedShop(Policy policy, Supplier<Fault> faults, Disruptions disruptions) {
        this.policy = policy;
        this.faults = faults;
        this.disruptions = disruptions;
    }

    /** From now on, this process sends the requests. */
    void startProcess(Disruptions process) {
        disruptions = process;
    }

    List<String> violations() {
        return violations;
    }

    int orders() {
        return states.size();
    }

    int requests() {
        return requests;
    }

    long paid() {
        return states.values().stream().filter(order -> order.payments > 0).count();
    }

    long cancelled() {
        return states.values().stream().filter(order -> order.cancelled).count();
    }

    /** Lets the requests arrive that were given up. */
    void deliverLateRequests() {
        for (var request = late.poll(); request != null; request = late.poll()) {
            request.run();
        }
    }

    @Override
    public List<Status> list() {
        return List.of();
    }

    @Override
    public ServiceOutcome call(String service, ServiceRequest request, CallContext context) {
        disruptions.passRequest();
        requests++;
        var outcome = disturbed(faults.get(), () -> effect(request));
        disruptions.passRequest();
        return outcome;
    }

    private ServiceOutcome disturbed(Fault fault, Supplier<ServiceOutcome> effect) {
        return switch (fault) {
            case NONE -> effect.get();
            case NOT_DELIVERED -> new ServiceOutcome.NotDelivered("No instance is available.", null);
            case LOST_BEFORE_THE_EFFECT -> new ServiceOutcome.Unconfirmed("No response arrived.", true);
            case LOST_AFTER_THE_EFFECT -> {
                var unused = effect.get();
                yield new ServiceOutcome.Unconfirmed("The connection was lost.", false);
            }
            case LATE -> {
                late.add(() -> {
                    var unused = effect.get();
                });
                yield new ServiceOutcome.Unconfirmed("No response arrived.", true);
            }
            case ERROR_BEFORE_THE_EFFECT -> ScriptedServices.json(500, "{}");
            case ERROR_AFTER_THE_EFFECT -> {
                var unused = effect.get();
                yield ScriptedServices.json(503, "{}");
            }
            case TOO_MANY -> ScriptedServices.json(429, "{}");
            case FORBIDDEN -> ScriptedServices.json(403, "{}");
        };
    }

    private ServiceOutcome effect(ServiceRequest request) {
        if (request.method().equals("GET")) {
            return ScriptedServices.json(200, "{\"id\":5}");
        }
        var body = (Json.Obj) Json.parse(new String(request.body(), StandardCharsets.UTF_8));
        if (request.target().equals("/orders")) {
            return create(request, body);
        }
        if (request.target().equals("/payments")) {
            return pay(request, body);
        }
        return cancel(Integer.parseInt(request.target().split("/", -1)[2]));
    }

    private ServiceOutcome create(ServiceRequest request, Json.Obj body) {
        var key = request.idempotencyKey();
        int id = key != null && policy.orderKeys() ? orders.computeIfAbsent(key, missing -> newOrder()) : newOrder();
        var total = policy.lies() ? "1" : String.valueOf(body.get("total"));
        return ScriptedServices.json(201, "{\"id\":" + id + ",\"total\":" + total + "}");
    }

    private int newOrder() {
        int id = states.size() + 1;
        states.put(id, new OrderState());
        return id;
    }

    private ServiceOutcome pay(ServiceRequest request, Json.Obj body) {
        int order = Integer.parseInt(String.valueOf(body.get("order_id")));
        var key = request.idempotencyKey();
        if (key == null || !policy.paymentKeys()) {
            return payNow(order, body);
        }
        var first = payments.get(key);
        if (first == null) {
            first = payNow(order, body);
            payments.put(key, first);
        }
        return first;
    }

    private ServiceOutcome payNow(int id, Json.Obj body) {
        if (policy.declines()) {
            return ScriptedServices.json(402, "{\"message\":\"declined\"}");
        }
        var order = Objects.requireNonNull(states.get(id));
        order.payments++;
        if (order.payments > 1) {
            violations.add("order " + id + " was paid twice");
        }
        if (order.cancelled) {
            violations.add("order " + id + " was paid after its cancellation");
        }
        return ScriptedServices.json(201, "{\"id\":\"p-" + id + "\",\"amount\":" + body.get("amount") + "}");
    }

    private ServiceOutcome cancel(int id) {
        var order = Objects.requireNonNull(states.get(id));
        order.cancelled = true;
        if (order.payments > 0) {
            violations.add("order " + id + " was cancelled after its payment");
        }
        return new ServiceOutcome.Response(204, Map.of(), new byte[0]);
    }
}
