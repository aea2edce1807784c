package io.breakwater.port.driving;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one caller holds of a {@link MemoryBudget}: all its connections together. The account is forgotten when its last
 * connection has closed it and everything is given back. Thread-safe.
 */
public final class MemoryAccount {
    private final MemoryBudget budget;
    private final String caller;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger holders = new AtomicInteger();

    MemoryAccount(MemoryBudget budget, String caller) {
        this.budget = budget;
        this.caller = caller;
    }

    /** The budget that the account belongs to. */
    public MemoryBudget budget() {
        return budget;
    }

    /** The number of bytes that this caller holds. */
    public long used() {
        return used.get();
    }

    /** An empty lease for one message. */
    public MemoryLease lease() {
        return new MemoryLease(this);
    }

    /** Ends what {@link MemoryBudget#account} began; leases that are still held remain valid. */
    public void close() {
        holders.decrementAndGet();
        removeIfUnused();
    }

    String caller() {
        return caller;
    }

    void opened() {
        holders.incrementAndGet();
    }

    boolean isUnused() {
        return holders.get() == 0 && used.get() == 0;
    }

    boolean tryReserve(long bytes) {
        if (!MemoryBudget.tryAdd(used, bytes, budget.share())) {
            return false;
        }
        if (budget.tryReserve(bytes)) {
            return true;
        }
        removeAfter(used.addAndGet(-bytes));
        return false;
    }

    void add(long bytes) {
        used.addAndGet(bytes);
        budget.add(bytes);
    }

    void release(long bytes) {
        budget.add(-bytes);
        removeAfter(used.addAndGet(-bytes));
    }

    /** What is used becomes less before it is looked at the openings, and in {@link #close} the other way round. */
    private void removeAfter(long remaining) {
        if (remaining == 0 && holders.get() == 0) {
            removeIfUnused();
        }
    }

    private void removeIfUnused() {
        if (isUnused()) {
            budget.removeIfUnused(this);
        }
    }
}
