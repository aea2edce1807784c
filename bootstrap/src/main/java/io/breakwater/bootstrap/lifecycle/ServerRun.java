package io.breakwater.bootstrap.lifecycle;

import io.breakwater.port.driving.Transport;
import io.breakwater.server.Breakwater;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a server: it serves until a signal asks it to end, or until its client has gone. Then it says that it is
 * not ready, waits for balancers to notice, takes nothing new, finishes what it accepted, and closes. Thread-safe.
 */
public final class ServerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

    /** A client that has gone waits for nothing. */
    private static final Duration GRACE_WITHOUT_CLIENT = Duration.ofMillis(500);

    private final Breakwater server;
    private final ShutdownPlan departure;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<End> asked = new CompletableFuture<>();

    /**
     * How a run ends.
     *
     * @param clientGone whether the client has gone, so that answers may be lost
     * @param broken whether its connection broke
     */
    private record End(ShutdownPlan leave, boolean clientGone, boolean broken) {}

    /** A run that has not begun. */
    public ServerRun(Breakwater server, ShutdownPlan departure) {
        this.server = server;
        this.departure = departure;
    }

    /**
     * Lets clients in; returns when they can come.
     *
     * @throws io.breakwater.port.PortException.Refused when that is not possible; the message says what to do
     */
    public void begin(Transport transport) {
        server.serve(transport);
        transport.ended().whenComplete((nothing, failure) -> clientHasGone(failure));
    }

    private void clientHasGone(@Nullable Throwable failure) {
        if (ending.compareAndSet(false, true)) {
            if (failure == null) {
                LOG.info("Stopping, because the client has closed the input");
            } else {
                LOG.warn("Stopping: {}", failure.getMessage());
            }
            asked.complete(new End(new ShutdownPlan(Duration.ZERO, GRACE_WITHOUT_CLIENT), true, failure != null));
        }
    }

    /** Asks the run to end; returns at once. The line comes first, since the log closes soon after the request. */
    public void end(StopSignal signal) {
        if (ending.compareAndSet(false, true)) {
            LOG.atInfo().addKeyValue("signal", signal).log("Stopping");
            asked.complete(new End(departure, false, false));
        }
    }

    /** Whether the wait of {@link #untilEnd} is over. */
    boolean isAsked() {
        return asked.isDone();
    }

    /**
     * Waits until the run is asked to end, and ends it.
     *
     * @return true when nothing accepted was lost and no connection broke
     */
    public boolean untilEnd() throws InterruptedException {
        var end = asked.join();
        server.drain();
        waitForBalancers(end.leave().delay());
        boolean whole = server.close(end.leave().grace());
        log(end, whole);
        return whole && !end.broken();
    }

    private static void log(End end, boolean whole) {
        if (whole) {
            LOG.info("Stopped");
        } else if (end.clientGone()) {
            LOG.warn("Stopped; answers that the client had not read are lost");
        } else {
            LOG.warn(
                    "Stopped, but calls that were under way after {} were cut off",
                    end.leave().grace());
        }
    }

    /** Nobody cuts this short but a second signal, which ends the process. */
    private static void waitForBalancers(Duration delay) throws InterruptedException {
        if (delay.isPositive()) {
            LOG.info("Not ready any more; still serving for {}", delay);
            boolean cut = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
            assert !cut;
        }
    }
}
