package io.breakwater.core.business.orders;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.OrderStore;
import io.breakwater.port.driven.OrderStore.Stage;
import io.breakwater.port.driven.OrderStore.Terms;
import io.breakwater.port.support.Backoff;
import io.breakwater.server.settings.OrderSettings;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the runs of all orders share, and their times. */
record OrderRuntime(
        OrderServices services, OrderStore store, OrderSettings settings, OrderEvents events, LongSupplier nanos) {

    /** The time in which an order is cancelled, or its outcome recorded, after its call has ended. */
    static final Duration COMPLETION_TIME = Duration.ofSeconds(10);

    /** The time that a claim lasts longer than the request for which it was extended: several completions. */
    static final Duration MARGIN = Duration.ofMinutes(1);

    /** The maximum time for one request, its repetitions included; a run that exceeds it may lose its claim. */
    private static final Duration MAX_REQUEST = Duration.ofMinutes(5);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

    /** Returns the terms for a request that the call waits for. */
    Terms terms(Stage stage, CallContext context) {
        var remaining = context.remaining();
        var lease = (remaining.compareTo(MAX_REQUEST) < 0 ? remaining : MAX_REQUEST).plus(MARGIN);
        return switch (stage) {
            case BEGUN, ORDER_SENT -> new Terms(lease, lease.plus(settings.abandonedAfter()));
            case PAYMENT_SENT, CANCELLING, ENDED -> new Terms(lease, lease);
        };
    }

    /** Returns the pause after a number of attempts. */
    static Duration pause(int attempts) {
        var pause = FIRST_PAUSE;
        for (int i = 0; i < attempts && pause.compareTo(MAX_PAUSE) < 0; i++) {
            pause = Backoff.next(pause, MAX_PAUSE);
        }
        return pause;
    }

    CallContext completion(CallContext call) {
        return TimedContext.after(call, COMPLETION_TIME, nanos);
    }
}
