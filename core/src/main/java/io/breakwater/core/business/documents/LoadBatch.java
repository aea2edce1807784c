package io.breakwater.core.business.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Loads that go together. Waiters are added to it before it goes, under the lock of whoever gathers. */
final class LoadBatch {
    private final List<PendingLoad> waiters = new ArrayList<>();

    void add(PendingLoad waiter) {
        waiters.add(waiter);
    }

    /** How many documents are wanted, by whoever still waits. */
    int size() {
        return (int) waiters.stream()
                .filter(PendingLoad::waits)
                .map(PendingLoad::id)
                .distinct()
                .count();
    }

    /** Loads what is still wanted, and tells everybody how it went. */
    void load(DocumentBook book) {
        try {
            var present = waiters.stream().filter(PendingLoad::waits).toList();
            if (!present.isEmpty()) {
                var ids = present.stream().map(PendingLoad::id).collect(Collectors.toUnmodifiableSet());
                var found = book.find(ids, new CombinedContext(present));
                present.forEach(waiter -> waiter.served(found.get(waiter.id())));
            }
        } catch (Throwable thrown) { // whatever it is, those who wait must learn of it
            fail(thrown);
        }
    }

    void fail(Throwable thrown) {
        waiters.forEach(waiter -> waiter.failed(thrown));
    }
}
