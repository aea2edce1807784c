package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.notNull;
import static io.breakwater.port.support.SettingChecks.positive;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The requests of the tool {@code create_order}, and how long it tries to end an order.
 *
 * @param user returns a user: {@code GET}, with {@code {id}} in its path
 * @param order creates an order: {@code POST}
 * @param payment pays an order: {@code POST}
 * @param cancellation cancels an order: {@code POST}, with {@code {id}} in its path
 * @param abandonedAfter the time after which an order is cancelled whose call has ended before the payment, and which no
 *     call has continued with the same idempotency key
 * @param retryFor the time for which a failed cancellation or an unconfirmed payment is repeated in the background; after
 *     it, an operator has to look
 */
public record OrderSettings(
        Endpoint user,
        Endpoint order,
        Endpoint payment,
        Endpoint cancellation,
        Duration abandonedAfter,
        Duration retryFor) {
    private static final int MAX_DAYS = 30;

    /** Refuses null, paths that lack {@code {id}} or should not have it, and times that are not positive or too long. */
    public OrderSettings {
        notNull(user, "OrderSettings.user").requireId(true, "user");
        notNull(order, "OrderSettings.order").requireId(false, "order");
        notNull(payment, "OrderSettings.payment").requireId(false, "payment");
        notNull(cancellation, "OrderSettings.cancellation").requireId(true, "cancellation");
        positive(abandonedAfter, MAX_DAYS, "OrderSettings.abandonedAfter");
        positive(retryFor, MAX_DAYS, "OrderSettings.retryFor");
    }

    /** Returns the default services and paths; they recognize idempotency keys. */
    public static OrderSettings standard() {
        return new OrderSettings(
                new Endpoint("user-service", "/users/{id}", true),
                new Endpoint("order-service", "/orders", true),
                new Endpoint("payment-service", "/payments", true),
                new Endpoint("order-service", "/orders/{id}/cancel", true),
                Duration.ofMinutes(10),
                Duration.ofDays(1));
    }

    /**
     * A request to a service.
     *
     * @param service the name of the service
     * @param path the path, which begins with a slash
     * @param idempotent whether the service has the effect of repeated requests with one {@code Idempotency-Key} once.
     *     False if it ignores the key: then a request without a response is not sent a second time
     */
    public record Endpoint(String service, String path, boolean idempotent) {
        private static final String ID = "{id}";

        /** Segments of visible ASCII characters, without a query, a fragment, an escape or dots that mean a folder. */
        private static final Pattern PATH =
                Pattern.compile("(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,;=:@-]+|\\{id\\}))+");

        /** Refuses null, an empty name, and paths of another form. */
        public Endpoint {
            check(!notNull(service, "Endpoint.service").isEmpty(), "service must not be empty.");
            check(
                    PATH.matcher(notNull(path, "Endpoint.path")).matches(),
                    "path must be a path such as /orders or /orders/{id}/cancel, but is \"" + path + "\".");
            check(path.indexOf(ID) == path.lastIndexOf(ID), "path must contain {id} once at most.");
        }

        private void requireId(boolean required, String component) {
            check(
                    path.contains(ID) == required,
                    component + ".path must " + (required ? "contain" : "not contain") + " {id}, but is \"" + path
                            + "\".");
        }

        /** Returns the path with this segment, which is encoded already, in the place of {@code {id}}. */
        public String path(String segment) {
            return path.replace(ID, segment);
        }
    }
}
