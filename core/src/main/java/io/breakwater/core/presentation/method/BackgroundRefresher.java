package io.breakwater.core.presentation.method;

import io.breakwater.core.business.cache.CacheSlot;
import io.breakwater.core.business.cache.Freshness;
import io.breakwater.core.business.cache.LoadRole;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.CacheStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes newer results in the background while stale ones are given: one at a time for each place, a bounded number in
 * all, with a deadline of their own, and after a failure not again at once. It leads a flight like any call, so that
 * who comes when the result is too old to be given follows it.
 */
final class BackgroundRefresher {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRefresher.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ResultCacheService memory;
    private final ResultCacheService.Habits habits;
    private final ServerExecutors lanes;
    private final Semaphore room;
    private final Map<String, Long> failed = new ConcurrentHashMap<>(); // by tool: when

    BackgroundRefresher(ResultCacheService memory, ResultCacheService.Habits habits, ServerExecutors lanes) {
        this.memory = memory;
        this.habits = habits;
        this.lanes = lanes;
        this.room = new Semaphore(habits.refreshes());
    }

    /** Begins, unless it is begun already or there is no room. Never blocks. */
    void begin(CacheSlot place, CacheLoad errand) {
        if (pausing(errand.tool().name()) || !room.tryAcquire()) {
            return;
        }
        var seat = memory.flights().join(place.key());
        if (!seat.leads() || fresh(place)) {
            end(seat);
            return;
        }
        start(ExecutionMode.VIRTUAL, seat, () -> claim(place, errand, seat));
    }

    private boolean pausing(String tool) {
        var when = failed.get(tool);
        return when != null && lanes.nanoTime() - when < PAUSE;
    }

    private boolean fresh(CacheSlot place) {
        var found = memory.recall().getLocal(place);
        return found != null && found.freshness() == Freshness.FRESH;
    }

    private void end(LoadRole<CacheResult> seat) {
        seat.leave();
        room.release();
    }

    private void start(ExecutionMode lane, LoadRole<CacheResult> seat, Runnable step) {
        try {
            lanes.on(lane).execute(step);
        } catch (RejectedExecutionException full) {
            end(seat);
        }
    }

    private void claim(CacheSlot place, CacheLoad errand, LoadRole<CacheResult> seat) {
        try {
            if (memory.recall().tryLease(place)) {
                start(errand.tool().definition().executionMode(), seat, () -> make(place, errand, seat));
                return;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        end(seat);
    }

    private void make(CacheSlot place, CacheLoad errand, LoadRole<CacheResult> seat) {
        var own = errand.tool().definition().timeout();
        var call = new RefreshCall(errand.call(), own == null ? habits.deadline() : own, lanes);
        var work = new FutureTask<>(() -> memory.timed(() -> errand.tool().invoke(errand.arguments(), call, memory)));
        try (call) {
            call.begin(() -> work.cancel(true));
            work.run();
            var result = work.get();
            if (memory.keep(place, result)) {
                seat.complete(new CacheResult(result, CacheStatus.HIT));
            }
        } catch (Exception | LinkageError failure) {
            LOG.debug("A result could not be made anew; the stale one is given for a while", failure);
            memory.recall().releaseLease(place);
            memory.count(CacheOperation.ERROR);
            failed.put(errand.tool().name(), lanes.nanoTime());
        } finally {
            end(seat);
            Thread.interrupted(); // a thread of a pool must not take this work's interruption to its next one
        }
    }
}
