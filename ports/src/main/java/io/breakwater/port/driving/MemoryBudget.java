package io.breakwater.port.driving;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The limit on the heap that messages occupy from their arrival until their response: bodies, parsed trees, results and
 * the queues of streams. All transports of a server share one budget.
 *
 * <p>Each caller has an {@link MemoryAccount account}, and no account holds more than its share, so that one caller
 * cannot use up the budget. The memory of one message is a {@link MemoryLease}. Memory is reserved before it is
 * allocated; responses of finished calls are counted even when they exceed the budget, since they must not be lost.
 * Thread-safe.
 */
public final class MemoryBudget {
    /** The default time that a message waits for memory. */
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(1);

    private final long limit;
    private final long share;
    private final Duration maxWait;
    private final AtomicLong used = new AtomicLong();
    private final LongAdder refusals = new LongAdder();
    private final ConcurrentMap<String, MemoryAccount> accounts = new ConcurrentHashMap<>();

    /**
     * Creates an empty budget.
     *
     * @param limit the total number of bytes
     * @param share the fraction of it that one caller may hold, greater than 0 and at most 1
     */
    public MemoryBudget(long limit, double share) {
        this(limit, share, DEFAULT_WAIT);
    }

    /**
     * Creates an empty budget.
     *
     * @param maxWait the time that a message waits for memory before it is refused
     */
    public MemoryBudget(long limit, double share, Duration maxWait) {
        if (limit < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "A memory budget must have at least one byte, and a share greater than 0 and at most 1.");
        }
        this.limit = limit;
        this.share = share == 1 ? limit : Math.max(1, (long) (limit * share));
        this.maxWait = maxWait;
    }

    /** Creates a budget without a limit. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE, 1);
    }

    /** The total number of bytes. */
    public long limit() {
        return limit;
    }

    /** The number of bytes that one caller may hold. */
    public long share() {
        return share;
    }

    /** The time that a message waits for memory before it is refused. */
    public Duration maxWait() {
        return maxWait;
    }

    /** The number of reserved bytes. */
    public long used() {
        return used.get();
    }

    /** True when a message of that many bytes fits into the share of a caller that holds nothing else. */
    public boolean fitsAnEmptyShare(long bytes) {
        return bytes <= share;
    }

    /** Counts a message that is refused for lack of memory, by a transport or during its call. */
    public void countRefusal() {
        refusals.increment();
    }

    /** The number of messages that were refused since the start for lack of memory. */
    public long refusals() {
        return refusals.sum();
    }

    /** The number of callers that have an account. */
    public int callers() {
        return accounts.size();
    }

    /** Opens the account of a caller; requires one {@link MemoryAccount#close} for each call. */
    public MemoryAccount account(String caller) {
        return accounts.compute(caller, (name, existing) -> {
            var account = existing == null ? new MemoryAccount(this, name) : existing;
            account.opened();
            return account;
        });
    }

    boolean tryReserve(long bytes) {
        return tryAdd(used, bytes, limit);
    }

    /** Adds to a number, unless the sum exceeds the limit. */
    static boolean tryAdd(AtomicLong number, long more, long limit) {
        long before = number.get();
        while (before <= limit - more) {
            if (number.compareAndSet(before, before + more)) {
                return true;
            }
            before = number.get();
        }
        return false;
    }

    void add(long bytes) {
        used.addAndGet(bytes);
    }

    void removeIfUnused(MemoryAccount account) {
        accounts.computeIfPresent(
                account.caller(),
                (name, existing) -> existing.equals(account) && existing.isUnused() ? null : existing);
    }
}
