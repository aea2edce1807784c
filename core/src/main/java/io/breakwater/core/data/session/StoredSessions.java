package io.breakwater.core.data.session;

import io.breakwater.core.business.session.SessionBook;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.Sessions.Session;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The session book on the {@link Sessions} port. */
public final class StoredSessions implements SessionBook {
    private final Sessions sessions;

    /** Uses this port. */
    public StoredSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean open(Session session) {
        return sessions.create(session);
    }

    @Override
    public Optional<Session> find(String id) {
        return sessions.find(id);
    }

    @Override
    public Optional<Session> change(String id, UnaryOperator<Session> change) {
        return sessions.update(id, change);
    }

    @Override
    public boolean end(String id) {
        return sessions.end(id);
    }

    @Override
    public long count() {
        return sessions.count();
    }
}
