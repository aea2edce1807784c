package io.breakwater.core.business.orders;

import io.breakwater.port.PortException;
import java.time.Duration;

/**
 * Continues orders that no call works on and that are due: failed cancellations, unconfirmed payments, and orders whose
 * server has stopped. All servers of a deployment do so; the store gives each order to one of them. The methods block.
 * Thread-safe.
 */
public final class OrderRecovery {
    /** The maximum number of orders in one round, so that a server that stops has not to wait long. */
    private static final int MAX_ORDERS = 50;

    private static final Duration TIME = Duration.ofMinutes(2);
    private static final Duration LEASE = TIME.plus(OrderRuntime.MARGIN);

    private final OrderRuntime runtime;

    OrderRecovery(OrderRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Continues the orders that are due.
     *
     * @return the number of orders
     * @throws PortException if the store cannot be reached
     */
    public int run() {
        int orders = 0;
        while (orders < MAX_ORDERS && continueNext()) {
            orders++;
        }
        return orders;
    }

    private boolean continueNext() {
        var context = TimedContext.background(TIME, runtime.nanos());
        var claim = runtime.store().claimDue(LEASE, context);
        claim.ifPresent(due -> {
            var run = OrderRun.ofRecovery(runtime, due, context);
            try {
                run.run();
            } catch (PortException failure) {
                runtime.events().notRecorded(Order.read(due.progress().details()), failure);
            }
        });
        return claim.isPresent();
    }
}
