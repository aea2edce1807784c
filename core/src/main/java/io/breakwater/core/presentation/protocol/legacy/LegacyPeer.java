package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.conversation.SessionBook;
import io.breakwater.port.driven.Sessions.Session;
import java.util.function.UnaryOperator;

/** Who a legacy call is for: the session as it stands, and what is alive of it here. */
interface LegacyPeer {
    Session session();

    /** Changes the session for later messages too. */
    void change(UnaryOperator<Session> change);

    LegacyClient client();

    /** A session that is kept in the book, as it was when this message arrived. */
    record Booked(SessionBook book, Session session, LegacyClient client) implements LegacyPeer {
        @Override
        public void change(UnaryOperator<Session> change) {
            book.change(session.id(), change);
        }
    }

    /** The session of a lasting connection, which lives as long as the connection. */
    final class Connected implements LegacyPeer {
        private final LegacyClient client;
        private volatile Session session;

        Connected(LegacyClient client, Session session) {
            this.client = client;
            this.session = session;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public synchronized void change(UnaryOperator<Session> change) {
            session = change.apply(session);
        }

        @Override
        public LegacyClient client() {
            return client;
        }
    }
}
