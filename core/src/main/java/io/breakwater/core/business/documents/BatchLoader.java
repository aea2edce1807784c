package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.server.settings.DocumentSettings;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Loads documents, several with one statement when many are wanted at once.
 *
 * <p>A load that comes alone goes at once. Those that come while another is under way are gathered into one batch,
 * which goes when the first of these happens: a load under way ends, the batch is full, or its time is over. So nobody
 * waits without others being served meanwhile, and a burst of misses costs few statements.
 *
 * <p>Whoever waits has its own deadline and its own cancellation, and leaves without taking the others along: a batch
 * runs on a thread and under a {@linkplain CombinedContext scope} of its own, and is stopped when the last has left.
 * Its failure is theirs, and nobody else's. A load never joins one that is under way already, not even for the same
 * document: that one may have read what was there before a save which this one must see.
 */
public final class BatchLoader {
    private final DocumentBook book;
    private final DocumentSettings settings;
    private final Executor threads;
    private final DelayedRun later;
    private int underWay; // guarded by this
    private @Nullable LoadBatch gathering; // guarded by this

    /**
     * Out of that book.
     *
     * @param threads start each task on a thread that may block
     * @param later ends the time of a batch
     */
    public BatchLoader(DocumentBook book, DocumentSettings settings, Executor threads, DelayedRun later) {
        this.book = book;
        this.settings = settings;
        this.threads = threads;
        this.later = later;
    }

    /**
     * The document of that id, if there is one.
     *
     * @throws io.breakwater.port.PortException when it could not be loaded, or not in the time this call has
     */
    public Optional<Document> load(String id, CallContext scope) {
        var waiter = new PendingLoad(id, scope);
        var full = join(waiter);
        if (full != null) {
            start(full);
        }
        return waiter.await();
    }

    /** The batch that is to be started now, or null. */
    private synchronized @Nullable LoadBatch join(PendingLoad waiter) {
        var batch = gathering;
        if (batch == null) {
            batch = new LoadBatch();
            gathering = batch;
            plan(batch);
        }
        batch.add(waiter);
        return underWay == 0 || batch.size() >= settings.batchSize() ? take(batch) : null;
    }

    private void plan(LoadBatch batch) {
        if (underWay > 0) {
            later.after(settings.batchTimeout(), () -> timeIsOver(batch));
        }
    }

    private synchronized @Nullable LoadBatch take(@Nullable LoadBatch batch) {
        if (batch == null || !batch.equals(gathering)) {
            return null; // it has gone already
        }
        gathering = null;
        underWay++;
        return batch;
    }

    private void timeIsOver(LoadBatch batch) {
        var due = take(batch);
        if (due != null) {
            start(due);
        }
    }

    private void start(LoadBatch batch) {
        try {
            threads.execute(() -> run(batch));
        } catch (RuntimeException refused) {
            batch.fail(refused);
            ended();
        }
    }

    private void run(LoadBatch batch) {
        try {
            batch.load(book);
        } finally {
            ended();
        }
    }

    private void ended() {
        LoadBatch next;
        synchronized (this) {
            underWay--;
            next = take(gathering);
        }
        if (next != null) {
            start(next);
        }
    }
}
