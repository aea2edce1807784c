package io.breakwater.core.presentation.cache;

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
 * Refreshes stale results in the background while the server returns them. Each cache slot has one refresh at a time,
 * all refreshes together have a limit, and each has its own deadline. After a failure, the tool is not refreshed again
 * for one second. A refresh takes part in the single flight like a call, so a call that finds the result too old waits
 * for the refresh.
 */
final class BackgroundRefresher {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRefresher.class);
    private static final long PAUSE = Duration.ofSeconds(1).toNanos();

    private final ResultCacheService service;
    private final ResultCacheService.CacheDefaults defaults;
    private final ServerExecutors executors;
    private final Semaphore permits;
    private final Map<String, Long> lastFailures = new ConcurrentHashMap<>(); // nanoTime of the last failure, by tool

    BackgroundRefresher(
            ResultCacheService service, ResultCacheService.CacheDefaults defaults, ServerExecutors executors) {
        this.service = service;
        this.defaults = defaults;
        this.executors = executors;
        this.permits = new Semaphore(defaults.refreshes());
    }

    /** Starts a refresh, unless one runs for this slot or the limit is reached. Never blocks. */
    void refresh(CacheSlot slot, CacheLoad load) {
        if (isPaused(load.tool().name()) || !permits.tryAcquire()) {
            return;
        }
        var role = service.singleFlight().join(slot.key());
        if (!role.leads() || isFresh(slot)) {
            release(role);
            return;
        }
        execute(ExecutionMode.VIRTUAL, role, () -> acquireLease(slot, load, role));
    }

    private boolean isPaused(String tool) {
        var failedAt = lastFailures.get(tool);
        return failedAt != null && executors.nanoTime() - failedAt < PAUSE;
    }

    private boolean isFresh(CacheSlot slot) {
        var hit = service.cache().getLocal(slot);
        return hit != null && hit.freshness() == Freshness.FRESH;
    }

    private void release(LoadRole<CacheResult> role) {
        role.leave();
        permits.release();
    }

    private void execute(ExecutionMode mode, LoadRole<CacheResult> role, Runnable step) {
        try {
            executors.on(mode).execute(step);
        } catch (RejectedExecutionException rejected) {
            release(role);
        }
    }

    private void acquireLease(CacheSlot slot, CacheLoad load, LoadRole<CacheResult> role) {
        try {
            if (service.cache().tryLease(slot)) {
                execute(load.tool().definition().executionMode(), role, () -> load(slot, load, role));
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        release(role);
    }

    private void load(CacheSlot slot, CacheLoad load, LoadRole<CacheResult> role) {
        var toolTimeout = load.tool().definition().timeout();
        var call = new RefreshCall(load.call(), toolTimeout == null ? defaults.deadline() : toolTimeout, executors);
        var work = new FutureTask<>(
                () -> service.recordDuration(() -> load.tool().invoke(load.arguments(), call, service)));
        try (call) {
            call.startTimeout(() -> work.cancel(true));
            work.run();
            var result = work.get();
            if (service.store(slot, result)) {
                role.complete(new CacheResult(result, CacheStatus.HIT));
            } else {
                pause(load, result.isError());
            }
        } catch (Exception | LinkageError failure) {
            LOG.debug(
                    "A background refresh failed; the server returns the stale result and tries again later", failure);
            service.cache().releaseLease(slot);
            pause(load, true);
        } finally {
            release(role);
            Thread.interrupted(); // clears an interruption of this load before the pool reuses the thread
        }
    }

    /** Refreshes of this tool pause, since each stale hit would start another one that also stores no result. */
    private void pause(CacheLoad load, boolean failed) {
        if (failed) {
            service.count(CacheOperation.ERROR);
        }
        lastFailures.put(load.tool().name(), executors.nanoTime());
    }
}
