package io.breakwater.core.business.concurrency;

import static io.breakwater.port.support.SettingChecks.positive;

import io.breakwater.core.business.concurrency.Rejection.Reason;
import io.breakwater.server.settings.ConcurrencySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Grants permits to calls. A call needs a permit of the server, whose number is fixed, and one of its cost class, whose
 * number follows the latency ({@link GradientLimit}). One caller may hold a fixed number of permits.
 *
 * <p>A call without a permit waits in the queue of its cost class. A free permit goes to the caller that has received the
 * fewest, so callers share its capacity evenly whatever they demand: this is start-time fair queuing (Goyal, Vin, Cheng:
 * Start-time Fair Queuing, SIGCOMM 1996) with permits in place of packets. {@link WaitingCalls} limits the queues.
 *
 * <p>The queue absorbs bursts and must not add latency to an overload. While it empties regularly, the oldest call comes
 * first. When it has not been empty for a while, the newest comes first, and calls that have waited for more than half of
 * the service time are refused: their clients have waited longest, and are the likeliest to have given up. Both rules are
 * described in B. Maurer, <a href="https://queue.acm.org/detail.cfm?id=2839461">Fail at Scale</a> (ACM Queue 13.8, 2015),
 * as adaptive LIFO and controlled delay.
 *
 * <p>A call whose deadline would pass before its end is refused at once, since its work would be wasted; one call always
 * runs, so that the service time stays known.
 *
 * <p>All collections are bounded: running calls by the limits, waiting calls by the length of the queue, callers by both,
 * cost classes by {@value #MAX_CLASSES}. One lock guards the whole state, for less than a microsecond; results of waiting
 * calls are published outside it. Time is a parameter, in nanoseconds of any clock. Thread-safe.
 */
public final class PermitPool {
    /** The maximum number of cost classes; further tools share one. */
    public static final int MAX_CLASSES = 256;

    /** Stands for the latency of a call that did not do its work, for example because it failed. */
    public static final long UNSERVED = -1;

    /** Stands for the latency of a call whose deadline passed before it had done its work. */
    public static final long TIMED_OUT = SampleWindow.TIMED_OUT;

    private final ConcurrencySettings settings;
    private final CostClassRegistry classes;
    private final Map<Caller, CallerLoad> loads = new HashMap<>();
    private final RunningCalls running;
    private final WaitingCalls waiting;
    private final List<WaitingCall> decided = new ArrayList<>(); // not published yet
    private final int max;

    /**
     * Creates a pool.
     *
     * @param max the maximum number of permits
     * @param random returns numbers from 0 to below 1
     */
    public PermitPool(int max, ConcurrencySettings settings, DoubleSupplier random) {
        positive(max, "Limits.concurrency");
        int maxPerCaller = settings.maxPerPrincipal(max);
        this.max = max;
        this.settings = settings;
        this.classes = new CostClassRegistry(max, settings, random);
        this.running = new RunningCalls(max, maxPerCaller);
        this.waiting = new WaitingCalls(max, Math.max(maxPerCaller, (max + 1) / 2), settings.queueLength());
    }

    /** Returns the cost class with this name; creates it if there is none, unless there are too many. */
    public synchronized CostClass costClass(String name) {
        return classes.find(name);
    }

    /** Limits the calls of a cost class to the maximum of one of its tools. */
    public synchronized void limit(CostClass costClass, String tool, int maxConcurrency) {
        costClass.limit(tool, maxConcurrency, max);
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    /**
     * Requests a permit.
     *
     * @param remaining returns the time until the deadline of the call, in nanoseconds; must not block
     */
    public Admission request(CostClass costClass, Caller caller, PermitScope scope, long now, LongSupplier remaining) {
        Admission admission;
        List<WaitingCall> others;
        synchronized (this) {
            admission = admit(costClass.share(caller, loads), scope, now, remaining);
            others = takeDecided();
        }
        others.forEach(WaitingCall::publish);
        return admission;
    }

    private Admission admit(ClassShare share, PermitScope scope, long now, LongSupplier remaining) {
        var costClass = share.costClass;
        long service = costClass.serviceTime();
        if (service > 0 && costClass.running() > 0 && remaining.getAsLong() < service) {
            return rejection(costClass, Reason.DEADLINE, now);
        }
        var reached = running.reachedLimit(share, scope, now);
        if (reached == null && costClass.queue.isEmpty()) {
            return grant(share, scope, now);
        }
        if (settings.queueLength() == 0) {
            return rejection(costClass, reached == null ? Reason.CLASS_LIMIT : reached, now);
        }
        long left = remaining.getAsLong();
        if (left < service + costClass.expectedWait(now)) {
            return rejection(costClass, Reason.DEADLINE, now);
        }
        return enqueue(new WaitingCall(share, scope, now, now + left), now);
    }

    private Admission enqueue(WaitingCall call, long now) {
        waiting.add(call, now);
        dispatch(now);
        for (var evicted = waiting.evict(call, now); evicted != null; evicted = waiting.evict(call, now)) {
            var reached = running.reachedLimit(evicted.share, evicted.scope, now);
            reject(evicted, reached == null ? Reason.CLASS_LIMIT : reached, now);
        }
        var own = call.decided();
        decided.remove(call); // its result is returned
        return own == null ? call : own;
    }

    private Permit grant(ClassShare share, PermitScope scope, long now) {
        var permit = new Permit(share, scope, now);
        running.add(permit);
        share.costClass.charge(share);
        return permit;
    }

    private void reject(WaitingCall call, Reason reason, long now) {
        call.decide(rejection(call.share.costClass, reason, now));
        decided.add(call);
    }

    private Rejection rejection(CostClass costClass, Reason reason, long now) {
        return new Rejection(
                reason,
                running.limit(reason, costClass, now),
                Duration.ofNanos(costClass.serviceTime()),
                costClass.retryAfter(now));
    }

    // ---- the queues -------------------------------------------------------------------------------------------------

    /** Refuses calls that have waited for too long, and gives free permits to the others, one cost class after another. */
    private void dispatch(long now) {
        for (int fruitless = 0; fruitless < waiting.classes(); ) {
            var costClass = waiting.nextClass();
            waiting.expire(costClass, now, call -> reject(call, Reason.QUEUE_TIMEOUT, now));
            if (grantNext(costClass, now)) {
                fruitless = 0;
            } else if (!costClass.queue.isEmpty()) {
                fruitless++;
            }
        }
    }

    private boolean grantNext(CostClass costClass, long now) {
        if (running.areBlocked(costClass, now)) {
            return false;
        }
        var next = waiting.poll(costClass, running::isAllowed, now);
        if (next == null) {
            return false;
        }
        if (costClass.running() > 0 && next.deadline - now < costClass.serviceTime()) {
            reject(next, Reason.DEADLINE, now);
        } else {
            next.decide(grant(next.share, next.scope, now));
            decided.add(next);
        }
        return true;
    }

    /** Withdraws a request, because the call has ended; false if it has been decided. */
    public synchronized boolean cancel(WaitingCall call, long now) {
        return waiting.remove(call, now);
    }

    /** Refuses the calls that have waited for too long. Called regularly, since otherwise only calls cause it. */
    public void sweep(long now) {
        List<WaitingCall> decidedNow;
        synchronized (this) {
            dispatch(now);
            decidedNow = takeDecided();
        }
        decidedNow.forEach(WaitingCall::publish);
    }

    private List<WaitingCall> takeDecided() {
        if (decided.isEmpty()) {
            return List.of();
        }
        var taken = List.copyOf(decided);
        decided.clear();
        return taken;
    }

    // ---- permits ----------------------------------------------------------------------------------------------------

    /** Releases a permit, without recording the latency of the call. A second release does nothing. */
    public void release(Permit permit, long now) {
        release(permit, now, UNSERVED);
    }

    /**
     * Releases a permit, and records the latency of the call.
     *
     * @param latency the time from the permit to the outcome of the call, in nanoseconds; {@link #TIMED_OUT} if it has none
     *     because its deadline passed; {@link #UNSERVED} to record nothing
     */
    public void release(Permit permit, long now, long latency) {
        List<WaitingCall> granted;
        synchronized (this) {
            if (latency != UNSERVED && permit.isTimed()) {
                permit.share().costClass.record(permit.grantedAt(), latency, now);
            }
            granted = permit.release() ? free(permit, now) : List.of();
        }
        granted.forEach(WaitingCall::publish);
    }

    private List<WaitingCall> free(Permit permit, long now) {
        running.remove(permit);
        if (waiting.isEmpty()) {
            return List.of();
        }
        dispatch(now);
        return takeDecided();
    }

    /** Releases the permit of a call until {@link #resume}, because the call waits for a user. */
    public void suspend(Permit permit, long now) {
        List<WaitingCall> granted;
        synchronized (this) {
            granted = permit.suspend() ? free(permit, now) : List.of();
        }
        granted.forEach(WaitingCall::publish);
    }

    /** Takes a permit again, even above the limits, so that an admitted call always continues. */
    public synchronized void resume(Permit permit) {
        if (permit.resume()) {
            var share = permit.share();
            permit.move(share.costClass.share(share.load.caller, loads)); // the old one may have been removed
            running.add(permit);
        }
    }

    /** Records no latency for this permit, because its call only waits for other calls, such as the items of a batch. */
    public synchronized void ignoreLatency(Permit permit) {
        permit.ignoreTime();
    }

    // ---- metrics ----------------------------------------------------------------------------------------------------

    /** Returns the number of calls of a cost class that run. */
    public synchronized int running(CostClass costClass) {
        return costClass.running();
    }

    /** Returns the number of calls of a cost class that wait. */
    public synchronized int waiting(CostClass costClass) {
        return costClass.queue.size();
    }

    /** Returns the present limit of a cost class. */
    public synchronized int limit(CostClass costClass, long now) {
        return costClass.limit(now);
    }

    /** Returns the number of callers that the pool knows. */
    synchronized int callers() {
        return loads.size();
    }
}
