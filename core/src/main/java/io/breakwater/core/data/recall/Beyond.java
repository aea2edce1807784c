package io.breakwater.core.data.recall;

import io.breakwater.core.meter.CacheMeter;
import io.breakwater.core.meter.CacheOperation;
import io.breakwater.core.runtime.Lanes;
import io.breakwater.port.Failure;
import io.breakwater.port.driven.CacheStore;
import io.breakwater.port.driven.EventBus;
import io.breakwater.port.driven.Leases;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies beyond the process: the second tier, the event bus and the leases, each of which may be missing, behind one
 * breaker, because behind all three there is usually one Redis. Every question is asked on a thread of its own and waited
 * for as long as its call's {@link Patience} lasts, so that nothing beyond the process can hold a call. Thread-safe.
 */
public final class Beyond {
    private static final Logger LOG = LoggerFactory.getLogger(Beyond.class);

    /** What takes longer is in trouble, even when it answers. */
    private static final long SLOW = Duration.ofMillis(100).toNanos();

    /** How many writes that nobody waits for may be under way; further ones are left out. */
    private static final int WRITES = 64;

    private static final String PROBE = "probe";

    private final Ports ports;
    private final Lanes lanes;
    private final CacheMeter meter;
    private final Breaker breaker;
    private final Semaphore writes = new Semaphore(WRITES);
    private volatile Runnable beforeClosing = () -> {};
    private volatile Runnable afterClosing = () -> {};

    /** Behind a breaker with that period. */
    public Beyond(Ports ports, Duration period, Lanes lanes, CacheMeter meter) {
        this.ports = ports;
        this.lanes = lanes;
        this.meter = meter;
        this.breaker = new Breaker("The shared cache", period, lanes, this::well, () -> afterClosing.run());
    }

    /**
     * What there is.
     *
     * @param store the second tier
     * @param bus how servers tell each other what is no longer true
     * @param leases how servers agree on who makes a result
     */
    public record Ports(
            @Nullable CacheStore store,
            @Nullable EventBus bus,
            @Nullable Leases leases) {}

    /** What is done when everything answers again: before anybody passes, and after. */
    void onRecovery(Runnable before, Runnable after) {
        beforeClosing = before;
        afterClosing = after;
    }

    Ports ports() {
        return ports;
    }

    /** True when there is a second tier that may be asked. */
    boolean stores() {
        return ports.store() != null && breaker.closed();
    }

    /** True when there are other servers that may be told something. */
    boolean tells() {
        return (ports.store() != null || ports.bus() != null) && breaker.closed();
    }

    /** The second tier, for those who asked {@link #stores}. */
    CacheStore store() {
        return Objects.requireNonNull(ports.store());
    }

    /** The answer to a question. */
    <T> T ask(Patience patience, Callable<T> question) throws Unreachable, InterruptedException {
        if (!breaker.closed()) {
            throw new Unreachable("It is left alone at present.");
        }
        return answer(patience, question);
    }

    private <T> T answer(Patience patience, Callable<T> question) throws Unreachable, InterruptedException {
        if (patience.nanos() <= 0) {
            throw new Unreachable("This call has waited for long enough.");
        }
        boolean enough = patience.nanos() >= SLOW;
        var asked = new FutureTask<>(question);
        long began = lanes.nanos();
        try {
            lanes.virtual().execute(asked);
            T answer = asked.get(patience.nanos(), TimeUnit.NANOSECONDS);
            slow(lanes.nanos() - began);
            return answer;
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw enough ? trouble("It did not answer in time.") : new Unreachable("There was little time left.");
        } catch (ExecutionException e) {
            LOG.debug("The shared cache failed", e.getCause());
            throw trouble(reason(e));
        } catch (RejectedExecutionException e) {
            throw new Unreachable("The server is closing.");
        } finally {
            patience.spend(lanes.nanos() - began);
        }
    }

    private void slow(long nanos) {
        if (nanos > SLOW) {
            breaker.trip("It took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms to answer.");
        }
    }

    private Unreachable trouble(String why) {
        meter.record(CacheOperation.ERROR);
        breaker.trip(why);
        return new Unreachable(why);
    }

    private static String reason(ExecutionException failed) {
        var cause = failed.getCause();
        return cause instanceof Failure ? String.valueOf(cause.getMessage()) : "It failed: " + cause;
    }

    /** Does something that nobody waits for, unless there is too much of that already. */
    void later(Callable<?> write) {
        if (!breaker.closed() || !writes.tryAcquire()) {
            return;
        }
        try {
            lanes.virtual().execute(() -> {
                try {
                    ask(Patience.ofOneCall(), write);
                } catch (Unreachable | InterruptedException e) {
                    LOG.debug("A result is not shared with the other servers", e);
                } finally {
                    writes.release();
                }
            });
        } catch (RejectedExecutionException closing) {
            writes.release();
        }
    }

    /**
     * Asks whether everything is there.
     *
     * @throws Failure.Unavailable when it is not, or left alone at present
     */
    void check() throws InterruptedException {
        try {
            ask(Patience.ofOneCall(), this::everything);
        } catch (Unreachable e) {
            throw new Failure.Unavailable(
                    "The shared cache cannot be used; results are kept in memory alone. " + e.getMessage(), null, null);
        }
    }

    private boolean well() throws InterruptedException, Unreachable {
        var patience = Patience.ofOneCall();
        answer(patience, this::everything);
        answer(patience, () -> {
            beforeClosing.run();
            return true;
        });
        return true;
    }

    private boolean everything() {
        var store = ports.store();
        if (store != null) {
            var unused = store.get(PROBE);
        }
        var bus = ports.bus();
        if (bus != null) {
            bus.publish(PROBE, new byte[0]);
        }
        var leases = ports.leases();
        if (leases != null) {
            leases.release(PROBE, PROBE);
        }
        return true;
    }
}
