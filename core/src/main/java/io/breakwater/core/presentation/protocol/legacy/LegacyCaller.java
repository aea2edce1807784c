package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionBook;
import io.breakwater.port.driven.Sessions.Session;
import java.util.function.UnaryOperator;

/** Who a legacy call is for: the session as it stands, and what is alive of it here. */
interface LegacyCaller {
    Session session();

    /** Changes the session for later messages too, unless there is no room for more; the session as it now is. */
    Session change(UnaryOperator<Session> change);

    LegacyClient client();

    /** A session that is kept in the book, as it was when this message arrived. */
    record StoredCaller(SessionBook sessions, Session session, LegacyClient client) implements LegacyCaller {
        @Override
        public Session change(UnaryOperator<Session> change) {
            return sessions.change(session.id(), change).orElseGet(() -> change.apply(session));
        }
    }

    /** The session of a lasting connection, which lives as long as the connection. */
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
