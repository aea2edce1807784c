package io.breakwater.core.business.documents;

import io.breakwater.port.driven.DocumentStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Loads that run together. Loads are added before the batch starts, under the lock of the {@link BatchLoader}. */
final class LoadBatch {
    private final List<PendingLoad> loads = new ArrayList<>();

    void add(PendingLoad pending) {
        loads.add(pending);
    }

    /** Returns the number of different documents for which calls still wait. */
    int size() {
        return (int) loads.stream()
                .filter(PendingLoad::isWaiting)
                .map(PendingLoad::id)
                .distinct()
                .count();
    }

    /** Loads the documents for which calls still wait, and completes all loads. */
    void load(DocumentStore store) {
        try {
            var waiting = loads.stream().filter(PendingLoad::isWaiting).toList();
            if (!waiting.isEmpty()) {
                var ids = waiting.stream().map(PendingLoad::id).collect(Collectors.toUnmodifiableSet());
                var found = store.find(ids, new CombinedContext(waiting));
                waiting.forEach(pending -> pending.complete(found.get(pending.id())));
            }
        } catch (Throwable thrown) { // the waiting calls must receive any failure
            fail(thrown);
        }
    }

    void fail(Throwable thrown) {
        loads.forEach(pending -> pending.fail(thrown));
    }
}
