package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.OrderStore.Claim;
import io.breakwater.port.driven.OrderStore.Progress;
import io.breakwater.port.driven.OrderStore.Stage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The stored order of one run. What must be stored before a request is stored in the time of the call; what a run has to
 * complete has a few seconds of its own, also if the call has ended and its thread is interrupted.
 */
final class OrderRecord {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final OrderRuntime runtime;
    private final Claim claim;
    private final CallContext context;

    OrderRecord(OrderRuntime runtime, Claim claim, CallContext context) {
        this.runtime = runtime;
        this.claim = claim;
        this.context = context;
    }

    /**
     * Stores that the next request may have been sent.
     *
     * @throws PortException if it is not certain that this is stored, or another run has the order; then the request must
     *     not be sent
     */
    void enter(Stage stage, Order order) {
        requireClaim(
                runtime.store().save(claim, new Progress(stage, order.json()), runtime.terms(stage, context), context));
    }

    /** Stores that the order must be cancelled, with the same exceptions. */
    void enterCancellation(Order order) {
        requireClaim(completed(completion -> runtime.store()
                .save(
                        claim,
                        new Progress(Stage.CANCELLING, order.json()),
                        runtime.terms(Stage.CANCELLING, completion),
                        completion)));
    }

    private static void requireClaim(boolean saved) {
        if (!saved) {
            throw IdempotencyException.inProgress(SOON);
        }
    }

    /** Ends the order with its present status. */
    Order end(Order order) {
        record(order, () -> completed(completion -> runtime.store().end(claim, order.json(), completion)));
        return order;
    }

    /** Ends the order, whose outcome no request can find out. */
    Order endUnresolved(Order order) {
        record(order, () -> completed(completion -> runtime.store().endUnresolved(claim, order.json(), completion)));
        return order;
    }

    /** Leaves the order to a repeated call, or to the recovery after this time. */
    Order leave(Stage stage, Order order, Duration due) {
        var progress = new Progress(stage, order.json());
        record(order, () -> completed(completion -> runtime.store().postpone(claim, progress, due, completion)));
        return order;
    }

    /** Forgets the order, because it had no effect. If that fails, the recovery forgets it. */
    void forget(Order order) {
        record(order, () -> completed(completion -> runtime.store().remove(claim, completion)));
    }

    /** Records what has happened already. If it fails, the caller learns it nevertheless, and a later run finds it out. */
    private void record(Order order, BooleanSupplier change) {
        try {
            boolean unused = change.getAsBoolean(); // if another run has the order, it finds out the same
        } catch (PortException failure) {
            runtime.events().notRecorded(order, failure);
        }
    }

    /** Returns the time for which a failed request of this order pauses now. */
    Duration pause() {
        return OrderRuntime.pause(claim.attempts());
    }

    /** Returns true if a failed request of this order is not repeated any more. */
    boolean isOverdue() {
        return claim.age().compareTo(runtime.settings().retryFor()) >= 0;
    }

    /** Runs something that must be completed although the call may have ended. */
    <T> T completed(Function<CallContext, T> work) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.apply(runtime.completion(context));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
