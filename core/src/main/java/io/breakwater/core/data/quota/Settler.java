package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles the usages of a {@link UsageLedger} with the store, in the background: at once when a block may soon be full or
 * a call waits for the store, and otherwise every second. One request settles many accounts, so the number of requests
 * hardly depends on the number of callers. While the store does not answer, a request every second finds out when it
 * does, even if there is nothing to settle.
 */
final class Settler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Settler.class);

    /** The pause between settlements, and between attempts to settle while the store does not answer. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /** The maximum number of accounts in one request, beside those of the calls that wait. */
    static final int MAX_ITEMS = 100;

    /** The maximum number of waiting calls in one request. */
    static final int MAX_TAKES = 32;

    /** The maximum time of the last settlements, after the server has ended its work. */
    static final Duration MAX_CLOSE = Duration.ofSeconds(5);

    private final QuotaStore store;
    private final UsageLedger ledger;
    private final Duration timeout;
    private final ServerExecutors executors;
    private final Function<List<QuotaCharge>, QuotaDecision> alone;
    private final ServerExecutors.Scheduled interval;
    private final LongAdder failures = new LongAdder();
    private final ReentrantLock settling = new ReentrantLock();
    private final WaitingTakes waiting = new WaitingTakes();
    private boolean running; // guarded by this
    private volatile boolean available = true;

    /** What a request has achieved. */
    private enum Progress {
        DONE,
        /** There is more to settle. */
        MORE,
        /** The store did not answer. */
        FAILED
    }

    /**
     * Creates a settler.
     *
     * @param timeout the maximum time of a request
     * @param alone decides about charges without the store
     */
    Settler(
            QuotaStore store,
            UsageLedger ledger,
            Duration timeout,
            ServerExecutors executors,
            Function<List<QuotaCharge>, QuotaDecision> alone) {
        this.store = store;
        this.ledger = ledger;
        this.timeout = timeout;
        this.executors = executors;
        this.alone = alone;
        this.interval = executors.scheduleRepeatedly(INTERVAL, this::startIfNeeded);
    }

    /** Returns whether the last request to the store succeeded. */
    boolean isAvailable() {
        return available;
    }

    /** Returns the number of requests that failed. */
    double failures() {
        return failures.sum();
    }

    /** Lets the next request decide about a call. */
    void add(WaitingTake take) {
        waiting.add(take);
        start();
    }

    /** Settles in the background if the block of a quota may soon be full. */
    void startIfDue() {
        if (available && ledger.isDue()) {
            start();
        }
    }

    private void startIfNeeded() {
        if (!available || ledger.unsettled() > 0) {
            start();
        }
    }

    private void start() {
        synchronized (this) {
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executors.virtualThreads().execute(this::run);
        } catch (RejectedExecutionException full) {
            LOG.debug("Quotas are not settled now: the executor is full, or the server is closing.", full);
            end();
            decideAlone(waiting.all());
        }
    }

    private void run() {
        var progress = Progress.MORE;
        try {
            while (progress == Progress.MORE) {
                progress = settle(timeout);
            }
        } finally {
            end();
        }
        if (!waiting.isEmpty()) { // a call began to wait after the last request
            start();
        }
    }

    private synchronized void end() {
        running = false;
    }

    /** Sends one request to the store, which ends within this time. */
    private Progress settle(Duration time) {
        settling.lock();
        try {
            var takes = waiting.next(MAX_TAKES);
            var settlement = ledger.begin(takes, MAX_ITEMS, !available);
            if (settlement.items().isEmpty()) {
                return Progress.DONE;
            }
            try {
                charge(settlement, time);
            } catch (RuntimeException failure) {
                ledger.fail(settlement);
                recordFailure(failure);
                decideAlone(takes);
                decideAlone(waiting.all());
                return Progress.FAILED;
            }
            recordSuccess();
            takes.removeAll(settlement.takes());
            takes.forEach(this::retry);
            boolean more = settlement.items().size() >= MAX_ITEMS || !waiting.isEmpty() || ledger.isDue();
            return more ? Progress.MORE : Progress.DONE;
        } finally {
            settling.unlock();
        }
    }

    private void charge(Settlement settlement, Duration time) {
        var context = CallContext.background("quota-settlement", time, executors::nanoTime);
        var decisions = ledger.complete(settlement, store.charge(settlement.charges(), context));
        for (int i = 0; i < decisions.size(); i++) {
            pass(settlement.takes().get(i), decisions.get(i));
        }
    }

    /** Decides about a call that shares an account with another one of the request: now the balance is known. */
    private void retry(WaitingTake take) {
        var decision = ledger.take(take.charges(), false);
        if (decision instanceof QuotaDecision.Undecided) {
            waiting.add(take);
        } else {
            pass(take, decision);
        }
    }

    private void decideAlone(List<WaitingTake> takes) {
        takes.forEach(take -> pass(take, alone.apply(take.charges())));
    }

    private void pass(WaitingTake take, QuotaDecision decision) {
        if (!take.decide(decision) && decision instanceof QuotaDecision.Admitted) {
            ledger.giveBack(take.charges()); // the call did not wait so long, and has decided without the store
        }
    }

    private void recordFailure(RuntimeException failure) {
        failures.increment();
        if (available) {
            available = false;
            if (failure instanceof PortException) {
                LOG.info(
                        "The store of quotas is not available, so this server counts quotas by itself: {}",
                        failure.getMessage());
            } else {
                LOG.error("The store of quotas failed because of a bug. This server counts quotas by itself.", failure);
            }
        }
    }

    private void recordSuccess() {
        if (!available) {
            available = true;
            LOG.info("The store of quotas is available again. This server adds what it has counted.");
        }
    }

    /** Settles what is unsettled, as far as the store answers, and for a limited time. */
    @Override
    public void close() {
        interval.cancel();
        long end = executors.nanoTime() + MAX_CLOSE.toNanos();
        var left = MAX_CLOSE;
        boolean settles = true;
        while (settles && left.isPositive() && ledger.unsettled() > 0) {
            settles = settle(left.compareTo(timeout) < 0 ? left : timeout) != Progress.FAILED;
            left = Duration.ofNanos(end - executors.nanoTime());
        }
        int unsettled = ledger.unsettled();
        if (unsettled > 0) {
            LOG.warn(
                    "{} usages of quotas are not settled with the store, so other servers do not know them.",
                    unsettled);
        }
    }
}
