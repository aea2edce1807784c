package io.breakwater.core.presentation.method;

import io.breakwater.core.business.cache.Freshness;
import io.breakwater.core.business.cache.Place;
import io.breakwater.core.business.cache.Seat;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.presentation.catalog.CacheStatus;
import io.breakwater.core.execution.Lane;
import io.breakwater.core.execution.Lanes;
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
 * all, with a deadline of their own, and after a failure not again at once. It leads a flight like any call, so that who
 * comes when the result is too old to be given follows it.
 */
final class Refreshes {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshes.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ResultMemory memory;
    private final ResultMemory.Habits habits;
    private final Lanes lanes;
    private final Semaphore room;
    private final Map<String, Long> failed = new ConcurrentHashMap<>(); // by tool: when

    Refreshes(ResultMemory memory, ResultMemory.Habits habits, Lanes lanes) {
        this.memory = memory;
        this.habits = habits;
        this.lanes = lanes;
        this.room = new Semaphore(habits.refreshes());
    }

    /** Begins, unless it is begun already or there is no room. Never blocks. */
    void begin(Place place, Errand errand) {
        if (pausing(errand.tool().name()) || !room.tryAcquire()) {
            return;
        }
        var seat = memory.flights().join(place.key());
        if (!seat.leads() || fresh(place)) {
            end(seat);
            return;
        }
        start(Lane.VIRTUAL, seat, () -> claim(place, errand, seat));
    }

    private boolean pausing(String tool) {
        var when = failed.get(tool);
        return when != null && lanes.nanos() - when < PAUSE;
    }

    private boolean fresh(Place place) {
        var found = memory.recall().near(place);
        return found != null && found.freshness() == Freshness.FRESH;
    }

    private void end(Seat<Served> seat) {
        seat.leave();
        room.release();
    }

    private void start(Lane lane, Seat<Served> seat, Runnable step) {
        try {
            lanes.on(lane).execute(step);
        } catch (RejectedExecutionException full) {
            end(seat);
        }
    }

    private void claim(Place place, Errand errand, Seat<Served> seat) {
        try {
            if (memory.recall().claim(place)) {
                start(errand.tool().definition().lane(), seat, () -> make(place, errand, seat));
                return;
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        end(seat);
    }

    private void make(Place place, Errand errand, Seat<Served> seat) {
        var own = errand.tool().definition().timeout();
        var call = new RefreshCall(errand.call(), own == null ? habits.deadline() : own, lanes);
        var work = new FutureTask<>(() -> memory.timed(() -> errand.tool().invoke(errand.arguments(), call, memory)));
        try (call) {
            call.begin(() -> work.cancel(true));
            work.run();
            var result = work.get();
            if (memory.keep(place, result)) {
                seat.land(new Served(result, CacheStatus.HIT));
            }
        } catch (Exception | LinkageError failure) {
            LOG.debug("A result could not be made anew; the stale one is given for a while", failure);
            memory.recall().giveUp(place);
            memory.count(CacheOperation.ERROR);
            failed.put(errand.tool().name(), lanes.nanos());
        } finally {
            end(seat);
            Thread.interrupted(); // a thread of a pool must not take this work's interruption to its next one
        }
    }
}
