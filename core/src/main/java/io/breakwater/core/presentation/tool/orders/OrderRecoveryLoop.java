package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.orders.OrderRecovery;
import io.breakwater.port.PortException;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the recovery of orders regularly, on a virtual thread, since it waits for the store and for services. Thread-safe. */
public final class OrderRecoveryLoop {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.orders");

    /** The pause between two looks at the orders that are due. */
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final OrderRecovery recovery;
    private final ServerExecutors executors;
    private final AtomicBoolean running = new AtomicBoolean();

    private OrderRecoveryLoop(OrderRecovery recovery, ServerExecutors executors) {
        this.recovery = recovery;
        this.executors = executors;
    }

    /** Runs this recovery until the executors close. */
    public static void start(OrderRecovery recovery, ServerExecutors executors) {
        var loop = new OrderRecoveryLoop(recovery, executors);
        executors.scheduleRepeatedly(INTERVAL, loop::startRound);
    }

    /** Starts a round, unless the last one is still running. */
    private void startRound() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            executors.virtualThreads().execute(this::run);
        } catch (RejectedExecutionException full) {
            running.set(false);
        }
    }

    private void run() {
        try {
            int orders = recovery.run();
            if (orders > 0) {
                LOG.info("Orders that no call works on were continued: {}", orders);
            }
        } catch (PortException failure) {
            LOG.debug("The store was not asked for orders that are due: {}", failure.getMessage());
        } finally {
            running.set(false);
        }
    }
}
