package io.breakwater.port.driving;

/**
 * The memory that one message holds in a {@link MemoryBudget}. A lease begins with one holder, the transport; work that
 * continues after the response is a second one. When the last holder releases it, all its memory is released, and the
 * lease has no effect any more. Each holder releases it exactly once: a lease cannot tell one holder's second release
 * from the first of another. Thread-safe.
 */
public final class MemoryLease {
    private final MemoryAccount account;
    private long held; // guarded by this
    private long message; // guarded by this: the part of the message itself
    private int holders = 1; // guarded by this

    MemoryLease(MemoryAccount account) {
        this.account = account;
    }

    /** Creates a lease that is not counted. */
    public static MemoryLease uncounted() {
        return MemoryBudget.unlimited().account("").lease();
    }

    /** Reserves that many additional bytes; false when they do not fit now, or the lease has ended. */
    public synchronized boolean tryGrow(long bytes) {
        if (holders == 0 || !account.tryReserve(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** True when that many additional bytes would fit if the caller held only this lease. */
    public synchronized boolean fitsAnEmptyShare(long bytes) {
        return account.budget().fitsAnEmptyShare(held + bytes);
    }

    /** Counts this message among those that were refused for lack of memory. */
    public void countRefusal() {
        account.budget().countRefusal();
    }

    /**
     * Counts that many additional bytes, even if they do not fit, for data that exists already and must not be lost.
     */
    public synchronized void grow(long bytes) {
        if (holders > 0) {
            account.add(bytes);
            held += bytes;
        }
    }

    /** Releases that many bytes. */
    public synchronized void shrink(long bytes) {
        if (holders > 0) {
            long released = Math.min(bytes, held);
            held -= released;
            account.release(released);
        }
    }

    /** Sets the part of the memory that the message itself holds, that is its body and its tree. */
    public synchronized void countAsMessage(long bytes) {
        message = bytes;
    }

    /**
     * Releases the memory of the message itself, for work that continues without it, such as a stream of events.
     *
     * @param keep the number of bytes to keep
     */
    public synchronized void releaseMessage(long keep) {
        shrink(Math.max(0, message - keep));
        message = Math.min(message, keep);
    }

    /** Adds a holder. Has no effect when the lease has ended. */
    public synchronized void retain() {
        if (holders > 0) {
            holders++;
        }
    }

    /** Removes a holder; the last one releases all memory. Has no effect when the lease has ended. */
    public synchronized void release() {
        if (holders > 0 && --holders == 0) {
            long all = held;
            held = 0;
            if (all > 0) {
                account.release(all);
            }
        }
    }

    /** The number of bytes that this lease holds. */
    public synchronized long held() {
        return held;
    }

    /** The account of this lease. */
    public MemoryAccount account() {
        return account;
    }
}
