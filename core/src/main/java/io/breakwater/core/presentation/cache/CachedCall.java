package io.breakwater.core.presentation.cache;

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
 * Finds or loads the result of one call to a tool with a cache. {@link #tryLocal} runs on the thread on which the call
 * arrived; {@link #lookup} may wait for the shared tier or for another call that loads the same result; {@link #load}
 * runs the tool if this call has to load the result. One thread at a time uses this object, except that any thread may
 * call {@link #stale}.
 */
public final class CachedCall {
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
                == TaskSupport.NONE; // a task has its own timeout and does not wait for another call
    }

    /** True when this call has to load the result. */
    public boolean mustLoad() {
        return mustLoad;
    }

    // ---- lookup -----------------------------------------------------------------------------------------------------

    /**
     * Returns the result from the local tier, or null. Without a shared tier, a miss joins the single flight. Never
     * blocks.
     */
    @Nullable
    public CacheResult tryLocal() {
        var slot = cache.slotIfKnown(request);
        if (slot == null) {
            return null;
        }
        cacheSlot = slot;
        var result = lookupLocal(slot);
        return result == null && !cache.hasSharedTier() ? join(slot) : result;
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
        return hit == null || hit.freshness() == Freshness.STALE_IF_ERROR ? null : toResult(hit);
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
            mustLoad = !cache.hasSharedTier();
            return null;
        }
        var role = service.singleFlight().join(slot.key());
        loadRole = role;
        call.onStop(this::abandon);
        call.onCancel(role::leave);
        return role.leads() ? lead(slot, role) : null;
    }

    /** Looks into the local tier again, since an earlier leader may have stored the result after this call's lookup. */
    private @Nullable CacheResult lead(CacheSlot slot, LoadRole<CacheResult> role) {
        var result = findLocal(slot);
        if (result == null) {
            mustLoad = !cache.hasSharedTier();
        } else {
            role.complete(result);
        }
        return result;
    }

    /**
     * Returns a result that another call or the shared tier supplies, or null when this call has to continue. May wait.
     */
    @Nullable
    public CacheResult lookup() throws Exception {
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
        return result != null || mustLoad ? result : lookupShared(slot);
    }

    private @Nullable CacheResult awaitLoader(CacheSlot slot, LoadRole<CacheResult> role) throws Exception {
        return switch (role.await()) {
            case LoadOutcome.Loaded<CacheResult>(CacheResult result) -> result;
            case LoadOutcome.Failed<CacheResult>(Throwable failure) -> throw new ExecutionException(failure);
            case LoadOutcome.Promoted<CacheResult> ignored -> lead(slot, role);
        };
    }

    private @Nullable CacheResult lookupShared(CacheSlot slot) throws InterruptedException {
        mustLoad = true; // from here on this call may hold a lease that it has to release
        var hit = cache.getShared(slot);
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

    // ---- load -------------------------------------------------------------------------------------------------------

    /** Runs the work and gives its result to all calls that wait for it. */
    public CacheResult load(Callable<ToolResult> work) throws Exception {
        var slot = Objects.requireNonNull(cacheSlot);
        ToolResult result;
        try {
            result = service.recordDuration(work);
        } catch (Throwable failure) {
            fail(failure);
            throw failure;
        }
        if (call.cancelled() || call.hasUserInput()) { // interrupted, or the result depends on input of this user
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
        if (loadRole != null
                && !call.cancelled()
                && !call.hasUserInput()
                && FailureClassifier.affectsEqualCalls(failure)) {
            loadRole.fail(failure);
        }
        abandon();
    }

    /** Abandons the load: releases the lease and leaves the single flight. */
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

    /** Returns a stale result for a call whose load failed, or null when the local tier has none. Never blocks. */
    @Nullable
    public CacheResult stale() {
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
