package io.breakwater.port.driving;

/**
 * What one message holds of a {@link MemoryBudget}. It begins with one holder, the transport; work that goes on after
 * the answer is a second one. When the last holder releases it, everything is given back at once, and from then on the
 * lease takes and gives nothing. Each holder releases it exactly once: a lease cannot tell one holder's second release
 * from the first of another. Thread-safe.
 */
public final class MemoryLease {
    private final MemoryAccount account;
    private long held; // guarded by this
    private long message; // guarded by this: of what is held, the message itself
    private int holders = 1; // guarded by this

    MemoryLease(MemoryAccount account) {
        this.account = account;
    }

    /** One for a message that is not counted. */
    public static MemoryLease uncounted() {
        return MemoryBudget.unlimited().account("").lease();
    }

    /** Reserves that many bytes more; false when they do not fit now, or the lease is over. */
    public synchronized boolean tryGrow(long bytes) {
        if (holders == 0 || !account.tryReserve(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Whether that many bytes more would fit if the caller held nothing but this lease. */
    public synchronized boolean fitsAnEmptyShare(long bytes) {
        return account.budget().fitsAnEmptyShare(held + bytes);
    }

    /** Counts that many bytes more, whether they fit or not: for what exists already and must not be lost. */
    public synchronized void grow(long bytes) {
        if (holders > 0) {
            account.add(bytes);
            held += bytes;
        }
    }

    /** Gives some of it back. */
    public synchronized void shrink(long bytes) {
        if (holders > 0) {
            long released = Math.min(bytes, held);
            held -= released;
            account.release(released);
        }
    }

    /** Says how much of what is held is the message itself: its body, and its tree. */
    public synchronized void holdsMessage(long bytes) {
        message = bytes;
    }

    /**
     * Gives back what the message itself holds, for work that goes on without it, such as a stream of events.
     *
     * @param keep how much of it is needed nevertheless
     */
    public synchronized void dropMessage(long keep) {
        shrink(Math.max(0, message - keep));
        message = Math.min(message, keep);
    }

    /** One more holder. Nothing happens when the lease is over. */
    public synchronized void retain() {
        if (holders > 0) {
            holders++;
        }
    }

    /** One holder less; the last one gives everything back. Nothing happens when the lease is over. */
    public synchronized void release() {
        if (holders > 0 && --holders == 0) {
            long all = held;
            held = 0;
            if (all > 0) {
                account.release(all);
            }
        }
    }

    /** The number of bytes that are held. */
    public synchronized long held() {
        return held;
    }

    /** What the lease is taken from. */
    public MemoryAccount account() {
        return account;
    }
}
