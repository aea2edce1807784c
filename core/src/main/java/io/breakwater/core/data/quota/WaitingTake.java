package io.breakwater.core.data.quota;

import io.breakwater.core.business.quota.QuotaCharge;
import io.breakwater.core.business.quota.QuotaDecision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A call that waits until the store has decided about its charges. Either the settlement decides, or the call itself. */
final class WaitingTake {
    private final List<QuotaCharge> charges;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<QuotaDecision> decision = new CompletableFuture<>();

    WaitingTake(List<QuotaCharge> charges) {
        this.charges = charges;
    }

    List<QuotaCharge> charges() {
        return charges;
    }

    /** Returns whether the call has its decision, and does not wait any more. */
    boolean isDecided() {
        return decided.get();
    }

    /** Passes the decision to the call; returns false if the call does not wait any more. */
    boolean decide(QuotaDecision outcome) {
        boolean first = decided.compareAndSet(false, true);
        if (first) {
            decision.complete(outcome);
        }
        return first;
    }

    /** Waits for the decision; if there is none in time, the call decides without the store. */
    QuotaDecision await(Duration time, Supplier<QuotaDecision> alone) {
        try {
            return decision.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return decideAlone(alone);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return decideAlone(alone);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("A decision does not fail.", impossible);
        }
    }

    private QuotaDecision decideAlone(Supplier<QuotaDecision> alone) {
        return decided.compareAndSet(false, true) ? alone.get() : decision.join();
    }
}
