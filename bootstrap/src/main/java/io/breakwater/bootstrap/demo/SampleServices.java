package io.breakwater.bootstrap.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The services of a sample shop for users, orders and payments, each with some instances that share their data. They
 * recognize idempotency keys.
 */
public final class SampleServices implements AutoCloseable {
    /** The name of the service for users. */
    public static final String USERS = "user-service";

    /** The name of the service for orders. */
    public static final String ORDERS = "order-service";

    /** The name of the service for payments. */
    public static final String PAYMENTS = "payment-service";

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            USERS,
            "Users of the shop. GET /users/{id} returns one of the users 1 to 100.",
            ORDERS,
            "Orders of the shop. GET /orders returns all orders, GET /orders/{id} one. POST /orders (user_id, items, total)"
                    + " creates one, and POST /orders/{id}/cancel cancels it. Order with the tool create_order, which pays"
                    + " too.",
            PAYMENTS,
            "Payments of the shop. GET /payments returns all payments. POST /payments (order_id, amount) pays an"
                    + " order.");

    private final Map<String, List<SampleService>> services = new LinkedHashMap<>();

    private SampleServices() {}

    /** Starts this number of instances of each service. */
    public static SampleServices start(int instances) {
        var all = new SampleServices();
        try {
            all.start(USERS, new SampleUsers(), instances);
            var orders = new SampleOrders();
            all.start(ORDERS, orders, instances);
            all.start(PAYMENTS, new SamplePayments(orders::paid), instances);
            return all;
        } catch (IOException noPort) {
            all.close();
            throw new UncheckedIOException("The sample services could not be started.", noPort);
        }
    }

    private void start(String name, SampleApi api, int instances) throws IOException {
        var running = new ArrayList<SampleService>();
        services.put(name, running);
        for (int i = 0; i < instances; i++) {
            running.add(SampleService.start(api));
        }
    }

    /** Returns the instances of a service. */
    public List<SampleService> instances(String name) {
        return List.copyOf(services.getOrDefault(name, List.of()));
    }

    /** Returns the settings for a server that uses these services, by path. It gives up sooner than by default. */
    public Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        services.forEach((name, running) -> {
            var path = "services." + name;
            settings.put(
                    path + ".urls", running.stream().map(SampleService::url).collect(Collectors.joining(",")));
            settings.put(path + ".description", Objects.requireNonNull(DESCRIPTIONS.get(name)));
            settings.put(path + ".attempt-timeout", "1s");
            settings.put(path + ".breaker.pause", "10s");
        });
        return settings;
    }

    @Override
    public void close() {
        services.values().forEach(running -> running.forEach(SampleService::close));
    }
}
