package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.orders.Order;
import io.breakwater.core.business.orders.Order.Status;
import io.breakwater.core.business.orders.OrderEvents;
import io.breakwater.port.Json;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs and counts what operators should know about orders. Thread-safe. */
public final class OrderLog implements OrderEvents {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.orders");

    private final Map<Status, LongAdder> ended = new EnumMap<>(Status.class);
    private final LongAdder left = new LongAdder();

    /** Creates a log. */
    public OrderLog() {
        for (var status : Status.values()) {
            ended.put(status, new LongAdder());
        }
    }

    /** Registers the counters. */
    public void bindTo(MetricSink metrics) {
        ended.forEach((status, count) -> metrics.counter(
                "mcp_orders_total",
                "Orders that have ended, by status; unknown means that nothing finds their outcome out.",
                Map.of("status", status.name().toLowerCase(Locale.ROOT)),
                count::sum));
        metrics.counter(
                "mcp_orders_left_total",
                "Orders that a call left to the background, because the outcome of a request was not known.",
                Map.of(),
                left::sum);
    }

    private void count(Status status) {
        var count = ended.get(status);
        if (count != null) {
            count.increment();
        }
    }

    @Override
    public void ended(Order order) {
        count(order.status());
    }

    @Override
    public void left(Order order) {
        left.increment();
    }

    @Override
    public void unresolved(Order order) {
        count(Status.UNKNOWN);
        LOG.atError()
                .addKeyValue("order_id", text(order.orderId()))
                .addKeyValue("order_key", order.orderKey())
                .addKeyValue("payment_key", order.paymentKey())
                .log(
                        "The outcome of an order is not known, and the server does not find it out. Look up the order and its"
                                + " payment at the services.");
    }

    @Override
    public void notRecorded(Order order, PortException failure) {
        LOG.atWarn()
                .addKeyValue("order_id", text(order.orderId()))
                .addKeyValue("order_key", order.orderKey())
                .log(
                        "The store did not accept the state of an order. The order is continued later: {}",
                        failure.getMessage());
    }

    private static String text(@Nullable Json id) {
        return id == null ? "" : id.toString();
    }
}
