package io.breakwater.bootstrap.lifecycle;

import io.breakwater.core.Breakwater;
import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a server: it serves until a signal asks it to end, or until its client has gone. Then it says that it is not
 * ready, waits for balancers to notice, takes nothing new, finishes what it accepted, and closes. Thread-safe.
 */
public final class ServerRun {
    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

    /** A client that has gone waits for nothing. */
    private static final Duration GRACE_WITHOUT_CLIENT = Duration.ofMillis(500);

    private final Breakwater server;
    private final Departure departure;
    private final CompletableFuture<Departure> asked = new CompletableFuture<>();

    /** A run that has not begun. */
    public ServerRun(Breakwater server, Departure departure) {
        this.server = server;
        this.departure = departure;
    }

    /**
     * Lets clients in; returns when they can come.
     *
     * @throws io.breakwater.port.Failure.Refused when that is not possible; the message says what to do
     */
    public void begin(Transport transport) {
        server.serve(transport);
        transport.ended().thenRun(() -> asked.complete(new Departure(Duration.ZERO, GRACE_WITHOUT_CLIENT)));
    }

    /** Asks the run to end; returns at once. */
    public void end(StopSignal signal) {
        if (asked.complete(departure)) {
            LOG.atInfo().addKeyValue("signal", signal).log("Stopping");
        }
    }

    /**
     * Waits until the run is asked to end, and ends it.
     *
     * @return true when nothing accepted was lost
     */
    public boolean untilEnd() throws InterruptedException {
        var leave = asked.join();
        server.drain();
        waitForBalancers(leave.delay());
        boolean whole = server.close(leave.grace());
        if (whole) {
            LOG.info("Stopped");
        } else {
            LOG.warn("Stopped, but calls that were under way after {} were cut off", leave.grace());
        }
        return whole;
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
