package io.breakwater.core.business.session;

import io.breakwater.port.driven.Sessions.Session;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The legacy sessions that are open. A session belongs to the principal who opened it: whoever acts for a caller looks
 * it up with {@link #find(String, String)}, to which another's session is as good as none. Thread-safe.
 */
public interface SessionBook {

    /** Opens a session; false, and nothing opened, when there is no room in total or for this principal. */
    boolean open(Session session);

    /** The open session of that id, whosever it is; counts as a use of it. */
    Optional<Session> find(String id);

    /** The open session of that id if it belongs to this principal; counts as a use of it. */
    default Optional<Session> find(String id, String principal) {
        return find(id).filter(session -> session.principal().equals(principal));
    }

    /**
     * Changes a session atomically, unless there is no room for its subscriptions then. The session as it now is; empty
     * when it is not open.
     */
    Optional<Session> change(String id, UnaryOperator<Session> change);

    /** Ends a session; false when it was not open. */
    boolean end(String id);

    /** How many are open, about. */
    long count();
}
