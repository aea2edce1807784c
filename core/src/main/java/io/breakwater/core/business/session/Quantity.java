package io.breakwater.core.business.session;

import java.util.HashMap;
import java.util.Map;

/**
 * A bound on what is kept of conversations: on its number and on its bytes, in total and for each principal. The part
 * of the bytes that one principal may hold is its part of the number. Thread-safe.
 */
public final class Quantity {
    private final int most;
    private final int mostPerPrincipal;
    private final long bytes;
    private final long bytesPerPrincipal;
    private final Map<String, Held> principals = new HashMap<>();
    private Held all = Held.NOTHING;

    /** An allowance of at most that many, and of at most that many bytes together. */
    public Quantity(int most, int mostPerPrincipal, long bytes) {
        this.most = most;
        this.mostPerPrincipal = mostPerPrincipal;
        this.bytes = bytes;
        this.bytesPerPrincipal = (long) (bytes * Math.min(1.0, (double) mostPerPrincipal / most));
    }

    /** Takes this much; false, and nothing taken, when it does not fit. What shrinks always fits. */
    public synchronized boolean take(String principal, int number, long weight) {
        var own = principals.getOrDefault(principal, Held.NOTHING).plus(number, weight);
        var total = all.plus(number, weight);
        if (number > 0 && (total.number > most || own.number > mostPerPrincipal)) {
            return false;
        }
        if (weight > 0 && (total.weight > bytes || own.weight > bytesPerPrincipal)) {
            return false;
        }
        all = total;
        if (own.number == 0) {
            principals.remove(principal);
        } else {
            principals.put(principal, own);
        }
        return true;
    }

    /** Gives this much back. */
    public void give(String principal, int number, long weight) {
        take(principal, -number, -weight);
    }

    private record Held(int number, long weight) {
        private static final Held NOTHING = new Held(0, 0);

        private Held plus(int more, long heavier) {
            return new Held(number + more, weight + heavier);
        }
    }
}
