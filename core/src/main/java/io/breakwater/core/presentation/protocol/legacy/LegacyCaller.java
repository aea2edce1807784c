package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionService;
import io.breakwater.port.driven.Sessions.Session;
import java.util.function.UnaryOperator;

/** The session of a legacy call, and the state of its client in this process. */
interface LegacyCaller {
    Session session();

    /** Changes the stored session, unless this exceeds the capacity; returns the current session. */
    Session change(UnaryOperator<Session> change);

    LegacyClient client();

    /** The caller in a stored session (HTTP), as the session was when the message arrived. */
    record StoredCaller(SessionService sessions, Session session, LegacyClient client) implements LegacyCaller {
        @Override
        public Session change(UnaryOperator<Session> change) {
            return sessions.change(session.id(), change).orElseGet(() -> change.apply(session));
        }
    }

    /** The caller on a lasting connection, whose session ends with the connection. */
    final class ConnectedCaller implements LegacyCaller {
        private final LegacyClient client;
        private volatile Session session;

        ConnectedCaller(LegacyClient client, Session session) {
            this.client = client;
            this.session = session;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public synchronized Session change(UnaryOperator<Session> change) {
            session = change.apply(session);
            return session;
        }

        @Override
        public LegacyClient client() {
            return client;
        }
    }
}
