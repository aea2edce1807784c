package io.breakwater.core.business.concurrency;

import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A model of a server with one cost class, in simulated time: each call needs one of a number of places behind the
 * handler, which the limits do not know, for its service time, and ends at its deadline at the latest. Calls arrive at
 * random (Poisson), and do not retry. Service times vary by a tenth, since equal ones would let calls run in waves. Runs are
 * reproducible.
 */
final class SimulatedServer {
    private static final Duration SWEEP = Duration.ofMillis(25);
    private static final long DEADLINE = Duration.ofSeconds(30).toNanos();

    /** The pause between two checks of deadlines, by which a call may end late. */
    private static final long DEADLINE_SWEEP = Duration.ofMillis(50).toNanos();

    /** The time that a call has spent before it requests a permit. */
    private static final long RECEPTION = Duration.ofMillis(1).toNanos();

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final ArrayDeque<Work> backlog = new ArrayDeque<>();
    private final Map<String, Count> counts = new HashMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private final Random random = new Random(7);
    private final PermitPool pool;
    private final CostClass costClass;
    private final int places;
    private LongSupplier serviceTime;
    private int busy;
    private long now;
    private long outageEnd;
    private long counted = Long.MAX_VALUE;
    private long number;

    private record Event(long at, long number, Runnable action) {}

    /** A call with a permit. */
    private record Work(
            Permit permit, long arrived, @Nullable Count count) {
        /** Returns when the check of deadlines ends the call. */
        long expiry() {
            return (arrived - RECEPTION + DEADLINE) / DEADLINE_SWEEP * DEADLINE_SWEEP + DEADLINE_SWEEP;
        }
    }

    /** The calls of one caller that arrived while they were counted. */
    static final class Count {
        int offered;
        int served;
    }

    SimulatedServer(int places, Duration serviceTime, ConcurrencySettings settings) {
        this.places = places;
        this.pool = new PermitPool(200, settings, random::nextDouble);
        this.costClass = pool.costClass("tool");
        this.serviceTime = serviceTime::toNanos;
        at(SWEEP.toNanos(), this::sweep);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, number++, action));
    }

    private void sweep() {
        pool.sweep(now);
        at(now + SWEEP.toNanos(), this::sweep);
    }

    /** Changes the service time, from now on. */
    void serviceTime(LongSupplier nanos) {
        serviceTime = nanos;
    }

    Random random() {
        return random;
    }

    /** Lets the work stand still for this time. */
    void stop(Duration time) {
        outageEnd = now + time.toNanos();
        run(time);
    }

    /** Lets calls of a caller arrive at this rate from now on, for that time. */
    void offer(String caller, double perSecond, Duration time) {
        arrive(new Caller(caller, false), perSecond, now + time.toNanos());
    }

    private void arrive(Caller caller, double perSecond, long until) {
        long next = now + (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
        if (next < until) {
            at(next, () -> {
                request(caller);
                arrive(caller, perSecond, until);
            });
        }
    }

    /** Forgets what was counted, and counts the calls that arrive from now on. */
    void count() {
        counted = now;
        counts.clear();
        latencies.clear();
    }

    void run(Duration time) {
        long until = now + time.toNanos();
        for (var next = events.peek(); next != null && next.at() <= until; next = events.peek()) {
            events.remove();
            now = next.at();
            next.action().run();
        }
        now = until;
    }

    private void request(Caller caller) {
        long arrived = now;
        var count = now >= counted ? counts.computeIfAbsent(caller.id(), missing -> new Count()) : null;
        if (count != null) {
            count.offered++;
        }
        var admission =
                pool.request(costClass, caller, PermitScope.CALL, now, () -> DEADLINE - RECEPTION - (now - arrived));
        switch (admission) {
            case Permit permit -> begin(new Work(permit, arrived, count));
            case Rejection rejection -> {}
            case WaitingCall waiting ->
                waiting.result().thenAccept(later -> {
                    if (later instanceof Permit permit) {
                        begin(new Work(permit, arrived, count));
                    }
                });
        }
    }

    private void begin(Work work) {
        if (busy < places) {
            busy++;
            run(work);
        } else {
            backlog.add(work);
            at(work.expiry(), () -> expire(work));
        }
    }

    private void expire(Work work) {
        if (backlog.remove(work)) {
            pool.release(work.permit(), now, PermitPool.TIMED_OUT);
        }
    }

    private void run(Work call) {
        long work = (long) (serviceTime.getAsLong() * (0.9 + random.nextDouble() / 5));
        long time = Math.max(0, outageEnd - now) + work;
        boolean served = time <= call.expiry() - now;
        at(served ? now + time : call.expiry(), () -> end(call, served));
    }

    private void end(Work work, boolean served) {
        if (served && work.count() != null) {
            work.count().served++;
            latencies.add(now - work.arrived());
        }
        var next = backlog.poll();
        if (next == null) {
            busy--;
        } else {
            run(next);
        }
        pool.release(work.permit(), now, served ? now - work.permit().grantedAt() : PermitPool.TIMED_OUT);
    }

    int offered() {
        return counts.values().stream().mapToInt(count -> count.offered).sum();
    }

    int served() {
        return counts.values().stream().mapToInt(count -> count.served).sum();
    }

    int served(String caller) {
        return counts.getOrDefault(caller, new Count()).served;
    }

    int offered(String caller) {
        return counts.getOrDefault(caller, new Count()).offered;
    }

    int limit() {
        return pool.limit(costClass, now);
    }

    /** Returns the time from the arrival to the end that this part of the served calls did not exceed. */
    Duration latency(double part) {
        var sorted = latencies.stream().sorted().toList();
        return Duration.ofNanos(sorted.get((int) Math.ceil(part * sorted.size()) - 1));
    }
}
