package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.orders.Order;
import io.breakwater.core.business.orders.OrderEvents;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what operators should know about orders. */
public final class OrderLog implements OrderEvents {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.orders");

    @Override
    public void unresolved(Order order) {
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
