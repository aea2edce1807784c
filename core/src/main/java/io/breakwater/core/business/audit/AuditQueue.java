package io.breakwater.core.business.audit;

import io.breakwater.port.AuditEntry;
import io.breakwater.port.PortException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The entries that wait for the log. It is bounded: entries that do not fit are lost and counted, and the next batch
 * begins with an entry that says how many. An entry takes at most 4 KiB, so a full queue takes at most 32 MiB, and
 * normally a tenth of that. Thread-safe.
 */
final class AuditQueue {
    static final int CAPACITY = 8_192;
    static final int MAX_BATCH = 1_024;

    private final Deque<Item> items = new ArrayDeque<>(); // guarded by this
    private long lost; // entries that no entry reports yet; guarded by this
    private long totalLost; // guarded by this
    private int waiting; // the items for which calls wait; guarded by this

    /**
     * An entry and what waits for it.
     *
     * @param durable completed when the entry is on the disk; null if no call waits for it
     */
    record Item(AuditEntry entry, @Nullable CompletableFuture<Void> durable) {
        /** Returns true if the entry waits when the log does not accept it. */
        boolean isKept() {
            return durable == null && !(entry instanceof AuditEntry.Lost);
        }
    }

    /**
     * The next entries.
     *
     * @param lost how many lost entries the first one reports; 0 if it does not
     */
    record Batch(List<Item> items, long lost) {
        boolean mustBeDurable() {
            return items.stream().anyMatch(item -> item.durable() != null);
        }

        List<AuditEntry> entries() {
            return items.stream().map(Item::entry).toList();
        }

        /** Returns the number of entries that wait when the log does not accept them. */
        long kept() {
            return items.stream().filter(Item::isKept).count();
        }
    }

    /** Adds an item; returns the number of items, or -1 if the queue is full. */
    synchronized int add(Item item) {
        if (items.size() >= CAPACITY) {
            lost++;
            totalLost++;
            return -1;
        }
        items.add(item);
        if (item.durable() != null) {
            waiting++;
        }
        return items.size();
    }

    /** Removes the next entries. */
    synchronized Batch take(Instant now) {
        var batch = new ArrayList<Item>();
        if (lost > 0) {
            batch.add(new Item(new AuditEntry.Lost(now, lost), null));
        }
        while (batch.size() < MAX_BATCH && !items.isEmpty()) {
            var item = items.remove();
            batch.add(item);
            if (item.durable() != null) {
                waiting--;
            }
        }
        var taken = new Batch(List.copyOf(batch), lost);
        lost = 0;
        return taken;
    }

    /** Puts entries back that the log did not accept, and fails the calls that wait for them, which are refused. */
    void putBack(Batch batch, PortException failure) {
        synchronized (this) {
            lost += batch.lost();
            for (var item : batch.items().reversed()) {
                if (item.isKept()) {
                    items.addFirst(item);
                }
            }
        }
        fail(batch.items(), failure);
    }

    /** Removes the entries of calls that wait, which are refused. */
    void failWaiting(PortException failure) {
        List<Item> failed;
        synchronized (this) {
            failed = items.stream().filter(item -> item.durable() != null).toList();
            items.removeIf(item -> item.durable() != null);
            waiting = 0;
        }
        fail(failed, failure);
    }

    private static void fail(List<Item> items, PortException failure) {
        for (var item : items) {
            if (item.durable() != null) {
                item.durable().completeExceptionally(failure);
            }
        }
    }

    synchronized int size() {
        return items.size();
    }

    synchronized boolean isEmpty() {
        return items.isEmpty() && lost == 0;
    }

    /** Returns true if the next batch must not wait: it is full, or calls wait for it. */
    synchronized boolean isUrgent() {
        return waiting > 0 || items.size() >= MAX_BATCH;
    }

    synchronized long totalLost() {
        return totalLost;
    }

    /**
     * Removes all items, which are lost.
     *
     * @param unanswered the entries of a write that has not ended, which are lost as far as the server knows
     * @return the number of entries that the log does not have, including lost ones that no entry reports
     */
    synchronized long discard(long unanswered) {
        long discarded = items.size() + unanswered;
        long missing = discarded + lost;
        totalLost += discarded;
        items.clear();
        lost = 0;
        waiting = 0;
        return missing;
    }
}
