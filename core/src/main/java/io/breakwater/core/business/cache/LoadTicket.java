package io.breakwater.core.business.cache;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing being made: a leader, and followers in the order they came. It ends when somebody lands it, when its leader
 * fails for everybody, or when the last one leaves. Thread-safe; followers are told outside the lock.
 */
final class LoadTicket<R> {
    private final Consumer<LoadTicket<R>> onEnd;
    private final SequencedSet<LoadRole<R>> followers = new LinkedHashSet<>(); // guarded by this
    private @Nullable LoadRole<R> leader; // guarded by this
    private boolean over; // guarded by this

    LoadTicket(Consumer<LoadTicket<R>> onEnd) {
        this.onEnd = onEnd;
    }

    /** A seat; null when the flight is over. */
    synchronized @Nullable LoadRole<R> join() {
        if (over) {
            return null;
        }
        if (leader == null) {
            leader = new LoadRole<>(this, true);
            return leader;
        }
        var seat = new LoadRole<>(this, false);
        followers.add(seat);
        return seat;
    }

    /** The end for everybody. A leader that was called off may bring it about all the same. */
    void complete(LoadOutcome.Landed<R> landed) {
        List<LoadRole<R>> told;
        synchronized (this) {
            told = close();
        }
        end(told, landed);
    }

    /** The end for everybody, if it is still that seat that leads; otherwise somebody else tries already. */
    void fail(LoadRole<R> seat, LoadOutcome.Failed<R> failed) {
        List<LoadRole<R>> told;
        synchronized (this) {
            if (!seat.equals(leader)) {
                return;
            }
            told = close();
        }
        end(told, failed);
    }

    /** One seat less; if it led, the next one leads. */
    void leave(LoadRole<R> seat) {
        LoadRole<R> next;
        synchronized (this) {
            if (followers.remove(seat) || !seat.equals(leader)) {
                return;
            }
            next = followers.isEmpty() ? null : followers.removeFirst();
            leader = next;
            over = next == null;
        }
        if (next == null) {
            onEnd.accept(this);
        } else {
            next.publish(new LoadOutcome.Lead<>());
        }
    }

    private List<LoadRole<R>> close() {
        var all = List.copyOf(followers);
        followers.clear();
        leader = null;
        over = true;
        return all;
    }

    private void end(List<LoadRole<R>> told, LoadOutcome<R> turn) {
        onEnd.accept(this);
        told.forEach(follower -> follower.publish(turn));
    }
}
