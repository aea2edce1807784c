package io.breakwater.port.driving;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory of one caller in a {@link MemoryBudget}, over all its connections. The budget removes the account when its
 * last connection has closed it and all memory is released. Thread-safe.
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

    /** Creates an empty lease for one message. */
    public MemoryLease lease() {
        return new MemoryLease(this);
    }

    /** Closes the account for one connection, after {@link MemoryBudget#account}; open leases remain valid. */
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

    /**
     * Removes an unused account. Here the used memory decreases before the holders are read; {@link #close} has the
     * reverse order.
     */
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
