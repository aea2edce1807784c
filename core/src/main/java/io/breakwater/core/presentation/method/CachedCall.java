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
    private final ResultCacheService service;
    private final ResultCache cache;
    private final CacheRequest request;
    private final CacheLoad load;
    private final ActiveCall call;
    private final boolean joinsOthers;
    private volatile @Nullable CacheSlot cacheSlot;
    private @Nullable LoadRole<CacheResult> loadRole;
    private boolean mustLoad;
    private boolean finished;

    CachedCall(ResultCacheService service, CacheRequest request, CacheLoad load) {
        this.service = service;
        this.cache = service.cache();
        this.request = request;
        this.load = load;
        this.call = load.call();
        this.joinsOthers = load.tool().definition().tasks().support()
                == TaskSupport.NONE; // a task has a time of its own, and none to wait for another call's
    }

    /** True once it is for this call to make the result. */
    boolean mustLoad() {
        return mustLoad;
    }

    // ---- looking ---------------------------------------------------------------------------------------------------

    /**
     * What is in this process's memory; otherwise null. Takes its place among those who want the same. Never blocks.
     */
    @Nullable
    CacheResult tryLocal() {
        var slot = cache.slotIfKnown(request);
        if (slot == null) {
            return null;
        }
        cacheSlot = slot;
        var result = lookupLocal(slot);
        return result == null && !cache.hasRemote() ? join(slot) : result;
    }

    private @Nullable CacheResult lookupLocal(CacheSlot slot) {
        var result = findLocal(slot);
        service.count(result == null ? CacheOperation.MISS : operation(result));
        refreshIfStale(slot, result);
        return result;
    }

    private static CacheOperation operation(CacheResult result) {
        return result.status() == CacheStatus.STALE ? CacheOperation.STALE : CacheOperation.HIT;
    }

    private @Nullable CacheResult findLocal(CacheSlot slot) {
        var hit = cache.getLocal(slot);
        return hit == null || hit.freshness() == Freshness.LAST_RESORT ? null : toResult(hit);
    }

    private static CacheResult toResult(CacheHit hit) {
        var status = hit.freshness() == Freshness.FRESH ? CacheStatus.HIT : CacheStatus.STALE;
        return new CacheResult(ResultCacheService.toResult(hit.result()), status);
    }

    private void refreshIfStale(CacheSlot slot, @Nullable CacheResult result) {
        if (result != null && result.status() == CacheStatus.STALE) {
            service.refresh(slot, load);
        }
    }

    private @Nullable CacheResult join(CacheSlot slot) {
        if (!joinsOthers) {
            mustLoad = !cache.hasRemote();
            return null;
        }
        var role = service.singleFlight().join(slot.key());
        loadRole = role;
        call.whenIdle(this::abandon);
        call.onCancel(role::leave);
        return role.leads() ? lead(slot, role) : null;
    }

    /** Whoever led before may have landed between this call's looking and its turn. */
    private @Nullable CacheResult lead(CacheSlot slot, LoadRole<CacheResult> role) {
        var result = findLocal(slot);
        if (result == null) {
            mustLoad = !cache.hasRemote();
        } else {
            role.complete(result);
        }
        return result;
    }

    /** The result of somebody else's work; null when it is this call's turn. May wait. */
    @Nullable
    CacheResult lookup() throws Exception {
        var slot = cacheSlot;
        if (slot == null) {
            slot = cache.slot(request);
            cacheSlot = slot;
            var result = lookupLocal(slot);
            if (result != null) {
                return result;
            }
        }
        var result = loadRole == null && !mustLoad ? join(slot) : null;
        if (result == null && loadRole != null && !loadRole.leads()) {
            result = awaitLoader(slot, loadRole);
        }
        return result != null || mustLoad ? result : lookupRemote(slot);
    }

    private @Nullable CacheResult awaitLoader(CacheSlot slot, LoadRole<CacheResult> role) throws Exception {
        return switch (role.await()) {
            case LoadOutcome.Landed<CacheResult>(CacheResult result) -> result;
            case LoadOutcome.Failed<CacheResult>(Throwable failure) -> throw new ExecutionException(failure);
            case LoadOutcome.Lead<CacheResult> ignored -> lead(slot, role);
        };
    }

    private @Nullable CacheResult lookupRemote(CacheSlot slot) throws InterruptedException {
        mustLoad = true; // from here on somebody may have to be told that there will be no result
        var hit = cache.getRemote(slot);
        if (hit == null) {
            return null;
        }
        var result = toResult(hit);
        finished = true;
        if (loadRole != null) {
            loadRole.complete(result);
        }
        refreshIfStale(slot, result);
        return result;
    }

    // ---- making ----------------------------------------------------------------------------------------------------

    /** The result of this call's own work, for everybody who wants the same. */
    CacheResult load(Callable<ToolResult> work) throws Exception {
        var slot = Objects.requireNonNull(cacheSlot);
        ToolResult result;
        try {
            result = service.recordDuration(work);
        } catch (Throwable failure) {
            fail(failure);
            throw failure;
        }
        if (call.cancelled() || call.hasUserInput()) { // cut short, or a human's answer to this caller alone
            abandon();
            return new CacheResult(result, CacheStatus.BYPASS);
        }
        boolean stored = service.store(slot, result);
        finished = true;
        if (loadRole != null) {
            loadRole.complete(new CacheResult(result, CacheStatus.HIT));
        }
        return new CacheResult(result, stored ? CacheStatus.MISS : CacheStatus.BYPASS);
    }

    private void fail(Throwable failure) {
        if (loadRole != null && !call.cancelled() && !call.hasUserInput() && FailureClassifier.affectsEqualCalls(failure)) {
            loadRole.fail(failure);
        }
        abandon();
    }

    /** Wants it no more, whatever happened. */
    private void abandon() {
        var slot = cacheSlot;
        if (mustLoad && !finished && slot != null) {
            finished = true;
            cache.releaseLease(slot);
        }
        if (loadRole != null) {
            loadRole.leave();
        }
    }

    /** What may be given when nothing better can be made; null when there is nothing. Never blocks. */
    @Nullable
    CacheResult stale() {
        var slot = cacheSlot;
        var hit = slot == null ? null : cache.getLocal(slot);
        if (hit == null) {
            return null;
        }
        var result = toResult(hit);
        service.count(operation(result));
        return result;
    }
}
