package io.breakwater.core.presentation.tool.batch;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.tool.batch.BatchCalls.PreparedItem;
import io.breakwater.core.presentation.tool.batch.BatchResult.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * Runs the items of one batch, several at a time, and returns when all of them have stopped: until then the batch holds
 * its permit, which also counts for them in the limits of the server and of the caller. The cancellation of the batch
 * cancels its items, which then stop soon. For one thread, which may block.
 */
final class BatchRun {
    /** The maximum number of items of one batch that run at the same time. */
    static final int MAX_CONCURRENT = 8;

    private final CallRuntime runtime;
    private final ActiveCall batch;
    private final List<PreparedItem> items;
    private final ItemResults results;
    private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
    private int ended; // guarded by this

    BatchRun(CallRuntime runtime, ActiveCall batch, List<PreparedItem> items) {
        this.runtime = runtime;
        this.batch = batch;
        this.items = items;
        this.results = new ItemResults(batch);
    }

    BatchResult run() {
        var started = new ArrayList<CompletableFuture<Item>>();
        for (var item : items) {
            permits.acquireUninterruptibly();
            started.add(start(item));
        }
        permits.acquireUninterruptibly(MAX_CONCURRENT);
        return BatchResult.of(started.stream().map(CompletableFuture::join).toList());
    }

    /** Starts an item; if the batch was cancelled, the item ends at once. */
    private CompletableFuture<Item> start(PreparedItem item) {
        var call = new BatchItemCall(runtime, item, batch);
        var result = call.outcome().thenApply(outcome -> results.of(call, outcome));
        var reported = result.whenComplete((ignored, failure) -> reportProgress());
        call.share();
        batch.onCancel(call::abandon);
        call.start();
        call.onStop(permits::release);
        return reported;
    }

    private synchronized void reportProgress() {
        ended++;
        batch.progress(ended, (double) items.size(), null);
    }
}
