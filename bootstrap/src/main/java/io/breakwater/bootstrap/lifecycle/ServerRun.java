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
 * One run of a server: it serves until a signal asks it to end or its client disconnects. Then it reports that it is
 * not ready, waits for load balancers to notice, accepts no new requests, finishes the accepted ones, and closes.
 * Thread-safe.
 */
public final class ServerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

    /** The grace period after the client has disconnected and waits for no answers. */
    private static final Duration GRACE_WITHOUT_CLIENT = Duration.ofMillis(500);

    private final Breakwater server;
    private final ShutdownPlan plan;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<End> endRequest = new CompletableFuture<>();

    /**
     * Describes how a run ends.
     *
     * @param withoutClient whether the client has disconnected, so that answers may be lost
     * @param broken whether the connection failed
     */
    private record End(ShutdownPlan plan, boolean withoutClient, boolean broken) {}

    /** Creates a run, which has not started. */
    public ServerRun(Breakwater server, ShutdownPlan plan) {
        this.server = server;
        this.plan = plan;
    }

    /**
     * Starts the transport, and returns when clients can connect.
     *
     * @throws io.breakwater.port.PortException.RefusedException when that is not possible; the message says what to do
     */
    public void begin(Transport transport) {
        server.serve(transport);
        transport.ended().whenComplete((nothing, failure) -> clientDisconnected(failure));
    }

    private void clientDisconnected(@Nullable Throwable failure) {
        if (ending.compareAndSet(false, true)) {
            if (failure == null) {
                LOG.info("Stopping, because the client has closed the input");
            } else {
                LOG.warn("Stopping: {}", failure.getMessage());
            }
            endRequest.complete(new End(new ShutdownPlan(Duration.ZERO, GRACE_WITHOUT_CLIENT), true, failure != null));
        }
    }

    /** Asks the run to end, and returns at once. It logs first, since the log closes soon after the request. */
    public void end(StopSignal signal) {
        if (ending.compareAndSet(false, true)) {
            LOG.atInfo().addKeyValue("signal", signal).log("Stopping");
            endRequest.complete(new End(plan, false, false));
        }
    }

    /** Asks the run to end because an administrator wants it, and returns at once. */
    public void endForAdministrator() {
        if (ending.compareAndSet(false, true)) {
            LOG.info("Stopping, because an administrator has requested it");
            endRequest.complete(new End(plan, false, false));
        }
    }

    /** Whether the wait of {@link #awaitStop} has ended. */
    boolean isEnding() {
        return endRequest.isDone();
    }

    /**
     * Waits until the run is asked to end, and stops the server.
     *
     * @return true when no accepted request and no entry of the audit log was lost, and no connection failed
     */
    public boolean awaitStop() throws InterruptedException {
        var end = endRequest.join();
        server.drain();
        waitForBalancers(end.plan().delay());
        boolean complete = server.close(end.plan().grace());
        log(end, complete);
        return complete && !server.hasLostAuditEntries() && !end.broken();
    }

    private static void log(End end, boolean complete) {
        if (complete) {
            LOG.info("Stopped");
        } else if (end.withoutClient()) {
            LOG.warn("Stopped; answers that the client had not read are lost");
        } else {
            LOG.warn(
                    "Stopped; calls that still ran after {} were aborted",
                    end.plan().grace());
        }
    }

    /** Waits for the delay; only a second signal, which ends the process, shortens it. */
    private static void waitForBalancers(Duration delay) throws InterruptedException {
        if (delay.isPositive()) {
            LOG.info("No longer ready; still serving for {}", delay);
            boolean interrupted = new CountDownLatch(1).await(delay.toNanos(), TimeUnit.NANOSECONDS);
            assert !interrupted;
        }
    }
}
