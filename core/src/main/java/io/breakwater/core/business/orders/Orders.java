package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.OrderStore.Stage;
import io.breakwater.port.driven.OrderStore.Start;
import io.breakwater.port.driven.Services;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.settings.OrderSettings;
import java.util.function.LongSupplier;

/**
 * Creates orders over three services: one knows the user, one keeps the order, and one takes the payment. The idempotency
 * key of the call identifies the order, so that a repeated call returns its outcome, or continues it from the stage that
 * the first one has stored. A call without a key has one of its own. The methods block and throw {@link PortException}.
 * Thread-safe.
 */
@OutageBehavior(
        guard = "orders",
        dependency = GuardDependency.STORE,
        failure = "down before the effect",
        effect = OutageEffect.DENY,
        behavior = "`create_order` fails with `EXTERNAL_ERROR`, and nothing is ordered.",
        recovery = "The same call can be sent again.",
        signal = "health cause `store`; `mcp_errors_total{error_type=\"external_error\"}`",
        details = "orders.md#for-operators")
@OutageBehavior(
        guard = "orders",
        dependency = GuardDependency.STORE,
        failure = "lost between the order and the payment",
        effect = OutageEffect.DENY,
        behavior = "`create_order` fails with `EXTERNAL_ERROR`, and nothing is paid.",
        recovery = "The repeated call with the same key continues. Without one, the order is cancelled later.",
        signal = "health cause `store`; `mcp_errors_total{error_type=\"external_error\"}`",
        details = "orders.md#for-operators")
@OutageBehavior(
        guard = "orders",
        dependency = GuardDependency.PROCESS,
        failure = "killed during the effect",
        effect = OutageEffect.DENY,
        behavior =
                "The order is paid at most once. Repeated calls end with `CONFLICT` for at most the time of the call and a "
                        + "minute.",
        recovery =
                "Then the repeated call continues the order. Without one, it is cancelled, or its payment is found out.",
        signal = "log line `Orders that no call works on were continued`",
        details = "orders.md#what-the-server-guarantees")
public final class Orders {
    private final OrderRuntime runtime;

    /**
     * Creates an instance.
     *
     * @param events receives what operators should know
     * @param nanos the clock in nanoseconds
     */
    public Orders(Services services, OrderStore store, OrderSettings settings, OrderEvents events, LongSupplier nanos) {
        this.runtime = new OrderRuntime(new OrderServices(services, settings), store, settings, events, nanos);
    }

    /**
     * Creates and pays an order. If it certainly cannot be paid, it is cancelled.
     *
     * @throws PortException if nothing was ordered, an earlier call with the key runs or has other arguments, or the
     *     progress of the order cannot be stored
     */
    public Order create(OrderRequest request, CallContext context) {
        var write = context.idempotentWrite();
        var key = write == null ? OrderKeys.ofSingleCall() : write.start();
        var begun = Order.begun(request, key);
        var terms = runtime.terms(Stage.BEGUN, context);
        return switch (runtime.store().begin(key, begun.json(), terms, context)) {
            case Start.Claimed(var claim) ->
                OrderRun.ofCall(runtime, claim, context).run();
            case Start.Ended(var details) -> {
                if (write != null) {
                    write.onReplayed();
                }
                yield Order.read(details);
            }
            case Start.InProgress(var retryAfter) -> throw IdempotencyException.inProgress(retryAfter);
            case Start.OtherArguments() -> throw IdempotencyException.otherArguments();
        };
    }

    /** Describes the requests that {@link #create} would send, and sends and stores nothing. */
    public Json describe(OrderRequest request) {
        return runtime.services().describe(request);
    }

    /** Returns the recovery of the orders that calls have left. */
    public OrderRecovery recovery() {
        return new OrderRecovery(runtime);
    }
}
