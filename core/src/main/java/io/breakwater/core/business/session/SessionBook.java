package io.breakwater.core.business.session;

import io.breakwater.port.driven.Sessions.Session;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The open legacy sessions. A session belongs to the principal who opened it. Code that acts for a caller uses {@link
 * #find(String, String)}, which does not find the sessions of other principals. Thread-safe.
 */
public interface SessionBook {

    /** Opens a session; returns false if a limit, in total or for the principal, is reached. */
    boolean open(Session session);

    /** Finds an open session of any principal; this counts as use of the session. */
    Optional<Session> find(String id);

    /** Finds an open session that belongs to the principal; this counts as use of the session. */
    default Optional<Session> find(String id, String principal) {
        return find(id).filter(session -> session.principal().equals(principal));
    }

    /**
     * Changes a session atomically, unless its subscriptions would then exceed a limit. Returns the current session, or
     * empty if it is not open.
     */
    Optional<Session> change(String id, UnaryOperator<Session> change);

    /** Ends a session; returns false if it was not open. */
    boolean end(String id);

    /** Returns the approximate number of open sessions. */
    long count();
}
