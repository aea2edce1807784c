package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.server.settings.DocumentSettings;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Loads documents, several with one statement if many are requested at once.
 *
 * <p>A single load starts at once. Loads that arrive while another runs are collected into one batch, which starts at
 * the first of these events: a running load ends, the batch is full, or its time is over. So a load waits only while
 * other loads run, and many concurrent loads need few statements.
 *
 * <p>Each call has its own deadline and cancellation, and can leave a batch without effect on the others: a batch runs
 * on a thread and under a {@linkplain CombinedContext context} of its own, and is cancelled when the last call has
 * left. A failure affects only the calls of the batch. A load never joins a running batch, not even for the same
 * document: that batch may have read the state before a save which this load must see.
 */
public final class BatchLoader {
    private final DocumentStore documents;
    private final DocumentSettings settings;
    private final Executor threads;
    private final DelayedRun delayedRun;
    private int running; // guarded by this
    private @Nullable LoadBatch collecting; // guarded by this

    /**
     * Creates a loader.
     *
     * @param threads runs each task on a thread that may block
     * @param delayedRun ends the waiting time of a batch
     */
    public BatchLoader(DocumentStore documents, DocumentSettings settings, Executor threads, DelayedRun delayedRun) {
        this.documents = documents;
        this.settings = settings;
        this.threads = threads;
        this.delayedRun = delayedRun;
    }

    /**
     * Returns a document, if it exists.
     *
     * @throws io.breakwater.port.PortException if it could not be loaded, or not before the call's deadline
     */
    public Optional<Document> load(String id, CallContext context) {
        var load = new PendingLoad(id, context);
        var ready = join(load);
        if (ready != null) {
            start(ready);
        }
        return load.await();
    }

    /** Adds a load to the current batch; returns the batch if it must start now, or null. */
    private synchronized @Nullable LoadBatch join(PendingLoad load) {
        var batch = collecting;
        if (batch == null) {
            batch = new LoadBatch();
            collecting = batch;
            scheduleStart(batch);
        }
        batch.add(load);
        return running == 0 || batch.size() >= settings.batchSize() ? remove(batch) : null;
    }

    private void scheduleStart(LoadBatch batch) {
        if (running > 0) {
            delayedRun.after(settings.batchTimeout(), () -> onTimeout(batch));
        }
    }

    private synchronized @Nullable LoadBatch remove(@Nullable LoadBatch batch) {
        if (batch == null || !batch.equals(collecting)) {
            return null; // it has started already
        }
        collecting = null;
        running++;
        return batch;
    }

    private void onTimeout(LoadBatch batch) {
        var due = remove(batch);
        if (due != null) {
            start(due);
        }
    }

    private void start(LoadBatch batch) {
        try {
            threads.execute(() -> run(batch));
        } catch (RuntimeException rejected) {
            batch.fail(rejected);
            ended();
        }
    }

    private void run(LoadBatch batch) {
        try {
            batch.load(documents);
        } finally {
            ended();
        }
    }

    private void ended() {
        LoadBatch next;
        synchronized (this) {
            running--;
            next = remove(collecting);
        }
        if (next != null) {
            start(next);
        }
    }
}
