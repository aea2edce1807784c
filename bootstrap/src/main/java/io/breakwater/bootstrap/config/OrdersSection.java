package io.breakwater.bootstrap.config;

import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.OrderSettings.Endpoint;
import io.breakwater.server.settings.ServiceInstances;
import io.breakwater.server.settings.ServiceSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads {@link OrderSettings} from a configuration. */
final class OrdersSection {
    static final String DESCRIPTION = "The requests of the tool `create_order`, and how long it tries to end an order.";

    private static final OrderSettings STANDARD = OrderSettings.standard();
    private static final String SEGMENT = "/[A-Za-z0-9._~!$&'()*+,;=:@-]+";
    private static final String PATH = "(" + SEGMENT + ")+";
    private static final String PATH_WITH_ID = "(" + SEGMENT + ")*/\\{id\\}(" + SEGMENT + ")*";
    private static final int PORT = 8080;

    private static final Setting<String> USER_SERVICE = service("user-service", STANDARD.user());
    private static final Setting<String> ORDER_SERVICE = service("order-service", STANDARD.order());
    private static final Setting<String> PAYMENT_SERVICE = service("payment-service", STANDARD.payment());
    private static final Setting<String> USER_PATH = pathWithId("user-path", STANDARD.user());
    private static final Setting<String> ORDER_PATH = path("order-path", STANDARD.order());
    private static final Setting<String> PAYMENT_PATH = path("payment-path", STANDARD.payment());
    private static final Setting<String> CANCELLATION_PATH = pathWithId("cancellation-path", STANDARD.cancellation());

    private static final Setting<Duration> ABANDONED_AFTER = time("abandoned-after", STANDARD.abandonedAfter())
            .description("The time after which an order is cancelled whose call has ended before the payment, and which"
                    + " no call has continued.");

    private static final Setting<Duration> RETRY_FOR = time("retry-for", STANDARD.retryFor())
            .description("The time for which a failed cancellation or an unconfirmed payment is repeated in the"
                    + " background.");

    private OrdersSection() {}

    /** Whether a service honours idempotency keys is a setting of the service. */
    static OrderSettings read(SectionReader orders, List<ServiceSettings> services) {
        var users = orders.get(USER_SERVICE);
        var order = orders.get(ORDER_SERVICE);
        var payments = orders.get(PAYMENT_SERVICE);
        var userPath = orders.get(USER_PATH);
        var orderPath = orders.get(ORDER_PATH);
        var paymentPath = orders.get(PAYMENT_PATH);
        var cancellationPath = orders.get(CANCELLATION_PATH);
        var abandonedAfter = orders.get(ABANDONED_AFTER);
        var retryFor = orders.get(RETRY_FOR);
        return orders.create(
                () -> new OrderSettings(
                        endpoint(users, userPath, services),
                        endpoint(order, orderPath, services),
                        endpoint(payments, paymentPath, services),
                        endpoint(order, cancellationPath, services),
                        abandonedAfter,
                        retryFor),
                STANDARD);
    }

    private static Endpoint endpoint(String service, String path, List<ServiceSettings> services) {
        boolean idempotent =
                services.stream().filter(known -> known.name().equals(service)).allMatch(ServiceSettings::idempotent);
        return new Endpoint(service, path, idempotent);
    }

    /** Returns the names of the services that orders use, each once. */
    static List<String> services(OrderSettings orders) {
        return Stream.of(orders.user(), orders.order(), orders.payment())
                .map(Endpoint::service)
                .distinct()
                .toList();
    }

    /** Returns the default names of the services that have this name in the settings. */
    static Stream<String> standardNames(OrderSettings orders, String name) {
        return Stream.of(
                        Map.entry(orders.user(), STANDARD.user()),
                        Map.entry(orders.order(), STANDARD.order()),
                        Map.entry(orders.payment(), STANDARD.payment()))
                .filter(pair -> pair.getKey().service().equals(name))
                .map(pair -> pair.getValue().service());
    }

    /** Returns the names of the services that no section of {@code services} describes. */
    static List<String> missing(OrderSettings orders, List<ServiceSettings> services) {
        return services(orders).stream()
                .filter(name ->
                        services.stream().noneMatch(known -> known.name().equals(name)))
                .toList();
    }

    /** Returns the services with those of the orders, which have an instance with their name by default. */
    static List<ServiceSettings> withDefaults(OrderSettings orders, List<ServiceSettings> services) {
        var all = new ArrayList<>(services);
        missing(orders, services).forEach(name -> all.add(ServiceSettings.of(name, ServiceInstances.of(url(name)))));
        return List.copyOf(all);
    }

    /** Returns the URL of a service that has no section. */
    static String url(String name) {
        return "http://" + name + ":" + PORT;
    }

    private static Setting<String> service(String name, Endpoint standard) {
        return Setting.text(name, ServiceSection.NAME, ServiceSection.ALLOWED)
                .byDefault(standard.service())
                .description("The name of the service in `services`.");
    }

    private static Setting<String> path(String name, Endpoint standard) {
        return Setting.text(name, PATH, "a path such as " + standard.path())
                .byDefault(standard.path())
                .description("The path of the request.");
    }

    private static Setting<String> pathWithId(String name, Endpoint standard) {
        return Setting.text(name, PATH_WITH_ID, "a path with the segment {id}, such as " + standard.path())
                .byDefault(standard.path())
                .description("The path of the request; `{id}` stands for the id.");
    }

    private static Setting<Duration> time(String name, Duration standard) {
        return Setting.duration(name, Duration.ofSeconds(1), Duration.ofDays(30))
                .byDefault(standard);
    }
}
