package io.breakwater.core.presentation.protocol.common;

import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.execution.ServerExecutors.Scheduled;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Ends streams within a second after the credential that opened them has expired or was revoked. One timer looks at all
 * open streams every second, while there are any. Thread-safe.
 */
@OutageBehavior(
        guard = "event streams",
        dependency = GuardDependency.STORE,
        failure = "down for longer than a minute",
        effect = OutageEffect.DENY,
        behavior = "The streams that tokens of this deployment opened end.",
        recovery = "Clients open them again when their tokens are accepted.",
        signal = "health cause `store`",
        details = "accounts.md#when-the-store-is-not-available")
public final class CredentialWatch {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ServerExecutors executors;
    private final Set<Watched> streams = ConcurrentHashMap.newKeySet();
    private @Nullable Scheduled timer; // guarded by this

    /** Creates an instance without streams. */
    public CredentialWatch(ServerExecutors executors) {
        this.executors = executors;
    }

    /**
     * Runs the action when the credential has expired or was revoked, on the sweeper.
     *
     * @param sender the sender of the request that opened the stream
     * @param action ends the stream; has no effect if it has ended
     * @return ends the watch, because the stream has ended
     */
    public Runnable watch(Authenticated sender, Runnable action) {
        if (sender.isPermanent()) {
            return () -> {};
        }
        var watched = new Watched(sender, action);
        streams.add(watched);
        start();
        return () -> remove(watched);
    }

    private synchronized void start() {
        if (timer == null) {
            try {
                timer = executors.scheduleRepeatedly(INTERVAL, this::check);
            } catch (RejectedExecutionException closing) {
                streams.clear(); // the server is closing, and ends its streams
            }
        }
    }

    private void remove(Watched watched) {
        if (streams.remove(watched) && streams.isEmpty()) {
            stop();
        }
    }

    private synchronized void stop() {
        if (timer != null && streams.isEmpty()) {
            timer.cancel();
            timer = null;
        }
    }

    private void check() {
        var now = executors.clock().instant();
        for (var watched : streams) {
            if (watched.sender.hasEnded(now)) {
                remove(watched);
                watched.action.run();
            }
        }
    }

    /** Returns the number of streams that are watched, for tests. */
    int size() {
        return streams.size();
    }

    /** An open stream; each is different from all others. */
    private static final class Watched {
        private final Authenticated sender;
        private final Runnable action;

        Watched(Authenticated sender, Runnable action) {
            this.sender = sender;
            this.action = action;
        }
    }
}
