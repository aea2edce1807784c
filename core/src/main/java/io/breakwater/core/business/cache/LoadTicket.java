package io.breakwater.core.business.cache;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One load in progress, with a leader and with followers in the order of their arrival. It ends when the leader
 * completes it or fails for all, or when the last caller leaves. Thread-safe; followers are notified outside the lock.
 */
final class LoadTicket<R> {
    private final Consumer<LoadTicket<R>> onEnd;
    private final SequencedSet<LoadRole<R>> followers = new LinkedHashSet<>(); // guarded by this
    private @Nullable LoadRole<R> leader; // guarded by this
    private boolean ended; // guarded by this

    LoadTicket(Consumer<LoadTicket<R>> onEnd) {
        this.onEnd = onEnd;
    }

    /** Adds a caller; returns null if the load has ended. */
    synchronized @Nullable LoadRole<R> join() {
        if (ended) {
            return null;
        }
        if (leader == null) {
            leader = new LoadRole<>(this, true);
            return leader;
        }
        var role = new LoadRole<>(this, false);
        followers.add(role);
        return role;
    }

    /** Ends the load with a result for all followers. A leader that was cancelled may still do this. */
    void complete(LoadOutcome.Loaded<R> loaded) {
        List<LoadRole<R>> waiting;
        synchronized (this) {
            waiting = close();
        }
        notifyFollowers(waiting, loaded);
    }

    /** Ends the load for all followers, unless another caller has become the leader. */
    void fail(LoadRole<R> role, LoadOutcome.Failed<R> failed) {
        List<LoadRole<R>> waiting;
        synchronized (this) {
            if (!role.equals(leader)) {
                return;
            }
            waiting = close();
        }
        notifyFollowers(waiting, failed);
    }

    /** Removes a caller. If it was the leader, the next follower becomes the leader. */
    void leave(LoadRole<R> role) {
        LoadRole<R> next;
        synchronized (this) {
            if (followers.remove(role) || !role.equals(leader)) {
                return;
            }
            next = followers.isEmpty() ? null : followers.removeFirst();
            leader = next;
            ended = next == null;
        }
        if (next == null) {
            onEnd.accept(this);
        } else {
            next.publish(new LoadOutcome.Promoted<>());
        }
    }

    private List<LoadRole<R>> close() {
        var all = List.copyOf(followers);
        followers.clear();
        leader = null;
        ended = true;
        return all;
    }

    private void notifyFollowers(List<LoadRole<R>> waiting, LoadOutcome<R> outcome) {
        onEnd.accept(this);
        waiting.forEach(follower -> follower.publish(outcome));
    }
}
