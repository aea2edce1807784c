package io.breakwater.core.business.session;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The open legacy sessions. A session belongs to the principal who opened it, and only this principal finds it.
 * Concurrent changes of one session are all stored: a change that meets another one is applied again to its result.
 * Thread-safe.
 */
public final class SessionService {
    private final Sessions sessions;

    /** Uses this storage. */
    public SessionService(Sessions sessions) {
        this.sessions = sessions;
    }

    /** True if the methods with a context may block. */
    public boolean mayBlock() {
        return sessions.mayBlock();
    }

    /** Returns the time after which a session that is not used ends. */
    public Duration idleTimeout() {
        return sessions.idleTimeout();
    }

    /** Opens a session; returns false if a limit, in total or for the principal, is reached. */
    public boolean open(Session session, CallContext context) {
        return sessions.create(session, context);
    }

    /** Finds an open session that belongs to the principal; this counts as use of the session. */
    public Optional<Session> find(String id, String principal, CallContext context) {
        return sessions.find(id, principal, context);
    }

    /**
     * Changes a session, unless its subscriptions would then exceed a limit. Returns the current session, or empty if
     * it is not open.
     *
     * @param known the session as it was last seen
     * @param change returns the changed session; runs again after a conflict
     */
    public Optional<Session> change(Session known, UnaryOperator<Session> change, CallContext context) {
        var current = known;
        while (true) {
            var changed = change.apply(current);
            switch (sessions.update(current, changed, context)) {
                case UpdateResult.Stored<Session> ignored -> {
                    return Optional.of(changed);
                }
                case UpdateResult.LimitReached<Session> ignored -> {
                    return Optional.of(current);
                }
                case UpdateResult.NotFound<Session> ignored -> {
                    return Optional.empty();
                }
                case UpdateResult.Conflict<Session>(Session other) -> current = other;
            }
            RepeatedUpdates.requireTime(context);
        }
    }

    /** Returns open sessions, at most this number; this is no use of them. */
    public List<Session> list(int max, CallContext context) {
        return sessions.list(max, context);
    }

    /** Returns the number of open sessions, which may be outdated. */
    public long count() {
        return sessions.count();
    }

    /** Ends a session; returns false if it was not open. */
    public boolean end(String id, CallContext context) {
        return sessions.end(id, context);
    }

    /** Counts as a use of these sessions, and returns the ids of those that are open. */
    public Set<String> renew(Collection<String> ids, CallContext context) {
        return sessions.renew(ids, context);
    }

    /** Returns the ids of those sessions that subscribe to the resource. */
    public Set<String> subscribers(String uri, Collection<String> ids, CallContext context) {
        return sessions.subscribers(uri, ids, context);
    }
}
