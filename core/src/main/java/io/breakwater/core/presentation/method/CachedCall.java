package io.breakwater.core.presentation.method;

import io.breakwater.core.business.cache.CacheHit;
import io.breakwater.core.business.cache.CacheRequest;
import io.breakwater.core.business.cache.CacheSlot;
import io.breakwater.core.business.cache.Freshness;
import io.breakwater.core.business.cache.LoadOutcome;
import io.breakwater.core.business.cache.LoadRole;
import io.breakwater.core.business.cache.ResultCache;
import io.breakwater.core.metrics.CacheOperation;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.ToolResult;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call's way to a result that may be kept: {@link #tryLocal} on the thread the call arrived on; {@link #lookup}
 * where it may wait, for the second tier or for another call that makes the same; and {@link #load} when it is this
 * call's turn to make it. A call is on one thread at a time; only {@link #stale} is asked from anywhere.
 */
final class CachedCall {
    private final ResultCacheService memory;
    private final ResultCache recall;
    private final CacheRequest question;
    private final CacheLoad errand;
    private final ActiveCall call;
    private final boolean together;
    private volatile @Nullable CacheSlot place;
    private @Nullable LoadRole<CacheResult> seat;
    private boolean ours;
    private boolean made;

    CachedCall(ResultCacheService memory, CacheRequest question, CacheLoad errand) {
        this.memory = memory;
        this.recall = memory.recall();
        this.question = question;
        this.errand = errand;
        this.call = errand.call();
        this.together = errand.tool().definition().tasks().support()
                == TaskSupport.NONE; // a task has a time of its own, and none to wait for another call's
    }

    /** True once it is for this call to make the result. */
    boolean isOurs() {
        return ours;
    }

    // ---- looking ---------------------------------------------------------------------------------------------------

    /**
     * What is in this process's memory; otherwise null. Takes its place among those who want the same. Never blocks.
     */
    @Nullable
    CacheResult tryLocal() {
        var known = recall.slotIfKnown(question);
        if (known == null) {
            return null;
        }
        place = known;
        var served = looked(known);
        return served == null && !recall.hasRemote() ? join(known) : served;
    }

    private @Nullable CacheResult looked(CacheSlot at) {
        var served = near(at);
        memory.count(served == null ? CacheOperation.MISS : operation(served));
        refreshed(at, served);
        return served;
    }

    private static CacheOperation operation(CacheResult served) {
        return served.status() == CacheStatus.STALE ? CacheOperation.STALE : CacheOperation.HIT;
    }

    private @Nullable CacheResult near(CacheSlot at) {
        var found = recall.getLocal(at);
        return found == null || found.freshness() == Freshness.LAST_RESORT ? null : served(found);
    }

    private static CacheResult served(CacheHit found) {
        var status = found.freshness() == Freshness.FRESH ? CacheStatus.HIT : CacheStatus.STALE;
        return new CacheResult(ResultCacheService.read(found.result()), status);
    }

    private void refreshed(CacheSlot at, @Nullable CacheResult served) {
        if (served != null && served.status() == CacheStatus.STALE) {
            memory.refresh(at, errand);
        }
    }

    private @Nullable CacheResult join(CacheSlot at) {
        if (!together) {
            ours = !recall.hasRemote();
            return null;
        }
        var taken = memory.flights().join(at.key());
        seat = taken;
        call.whenIdle(this::leave);
        call.onCancel(taken::leave);
        return taken.leads() ? lead(at, taken) : null;
    }

    /** Whoever led before may have landed between this call's looking and its turn. */
    private @Nullable CacheResult lead(CacheSlot at, LoadRole<CacheResult> taken) {
        var served = near(at);
        if (served == null) {
            ours = !recall.hasRemote();
        } else {
            taken.complete(served);
        }
        return served;
    }

    /** The result of somebody else's work; null when it is this call's turn. May wait. */
    @Nullable
    CacheResult lookup() throws Exception {
        var at = place;
        if (at == null) {
            at = recall.slot(question);
            place = at;
            var served = looked(at);
            if (served != null) {
                return served;
            }
        }
        var served = seat == null && !ours ? join(at) : null;
        if (served == null && seat != null && !seat.leads()) {
            served = follow(at, seat);
        }
        return served != null || ours ? served : lookupRemote(at);
    }

    private @Nullable CacheResult follow(CacheSlot at, LoadRole<CacheResult> taken) throws Exception {
        return switch (taken.await()) {
            case LoadOutcome.Landed<CacheResult>(CacheResult served) -> served;
            case LoadOutcome.Failed<CacheResult>(Throwable failure) -> throw new ExecutionException(failure);
            case LoadOutcome.Lead<CacheResult> ignored -> lead(at, taken);
        };
    }

    private @Nullable CacheResult lookupRemote(CacheSlot at) throws InterruptedException {
        ours = true; // from here on somebody may have to be told that there will be no result
        var found = recall.getRemote(at);
        if (found == null) {
            return null;
        }
        var served = served(found);
        made = true;
        if (seat != null) {
            seat.complete(served);
        }
        refreshed(at, served);
        return served;
    }

    // ---- making ----------------------------------------------------------------------------------------------------

    /** The result of this call's own work, for everybody who wants the same. */
    CacheResult load(Callable<ToolResult> work) throws Exception {
        var at = Objects.requireNonNull(place);
        ToolResult result;
        try {
            result = memory.timed(work);
        } catch (Throwable failure) {
            failed(failure);
            throw failure;
        }
        if (call.cancelled() || call.answered()) { // cut short, or a human's answer to this caller alone
            leave();
            return new CacheResult(result, CacheStatus.BYPASS);
        }
        boolean kept = memory.keep(at, result);
        made = true;
        if (seat != null) {
            seat.complete(new CacheResult(result, CacheStatus.HIT));
        }
        return new CacheResult(result, kept ? CacheStatus.MISS : CacheStatus.BYPASS);
    }

    private void failed(Throwable failure) {
        if (seat != null && !call.cancelled() && !call.answered() && FailureClassifier.is(failure)) {
            seat.fail(failure);
        }
        leave();
    }

    /** Wants it no more, whatever happened. */
    private void leave() {
        var at = place;
        if (ours && !made && at != null) {
            made = true;
            recall.releaseLease(at);
        }
        if (seat != null) {
            seat.leave();
        }
    }

    /** What may be given when nothing better can be made; null when there is nothing. Never blocks. */
    @Nullable
    CacheResult stale() {
        var at = place;
        var found = at == null ? null : recall.getLocal(at);
        if (found == null) {
            return null;
        }
        var served = served(found);
        memory.count(operation(served));
        return served;
    }
}
