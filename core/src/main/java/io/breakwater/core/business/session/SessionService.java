package io.breakwater.core.business.session;

import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.Sessions.Session;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The open legacy sessions. A session belongs to the principal who opened it. Code that acts for a caller uses {@link
 * #find(String, String)}, which does not find the sessions of other principals. Thread-safe.
 */
public final class SessionService {
    private final Sessions sessions;

    /** Uses this storage. */
    public SessionService(Sessions sessions) {
        this.sessions = sessions;
    }

    /** Opens a session; returns false if a limit, in total or for the principal, is reached. */
    public boolean open(Session session) {
        return sessions.create(session);
    }

    /** Finds an open session of any principal; this counts as use of the session. */
    public Optional<Session> find(String id) {
        return sessions.find(id);
    }

    /** Finds an open session that belongs to the principal; this counts as use of the session. */
    public Optional<Session> find(String id, String principal) {
        return sessions.find(id, principal);
    }

    /**
     * Changes a session atomically, unless its subscriptions would then exceed a limit. Returns the current session, or
     * empty if it is not open.
     */
    public Optional<Session> change(String id, UnaryOperator<Session> change) {
        return sessions.update(id, change);
    }

    /** Ends a session; returns false if it was not open. */
    public boolean end(String id) {
        return sessions.end(id);
    }

    /** Returns the approximate number of open sessions. */
    public long count() {
        return sessions.count();
    }
}
