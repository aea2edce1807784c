package io.breakwater.sample.sdk;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The orders of a small shop. */
public final class Orders {

    /** One order. */
    public record Order(String number, String customer, BigDecimal total, int items, String state) {
        Order in(String next) {
            return new Order(number, customer, total, items, next);
        }
    }

    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    /** The shop on its first day. */
    public Orders() {
        put(new Order("A-100001", "Ada", new BigDecimal("19.90"), 2, "paid"));
        put(new Order("A-100002", "Grace", new BigDecimal("1204.00"), 7, "paid"));
        put(new Order("A-100003", "Edsger", new BigDecimal("0.50"), 1, "shipped"));
    }

    /** The order of that number. */
    public Optional<Order> find(String number) {
        return Optional.ofNullable(orders.get(number));
    }

    /** Moves the order to another state. */
    public Order move(String number, String state) {
        var moved = orders.computeIfPresent(number, (key, order) -> order.in(state));
        if (moved == null) {
            throw new IllegalArgumentException("No order has the number " + number);
        }
        return moved;
    }

    private void put(Order order) {
        orders.put(order.number(), order);
    }
}
