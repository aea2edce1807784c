package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.SessionService;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions.Session;
import java.util.function.UnaryOperator;

/** The session of a legacy call, and the state of its client in this process. */
interface LegacyCaller {
    Session session();

    /**
     * Changes the session, unless this exceeds the capacity; returns the current session. The change may run more than
     * once.
     */
    Session change(UnaryOperator<Session> change, CallContext context);

    LegacyClient client();

    /** The caller in a stored session (HTTP), as the session was when the message arrived. */
    final class StoredCaller implements LegacyCaller {
        private final SessionService sessions;
        private final LegacyClient client;
        private volatile Session session;

        StoredCaller(SessionService sessions, Session session, LegacyClient client) {
            this.sessions = sessions;
            this.session = session;
            this.client = client;
        }

        @Override
        public Session session() {
            return session;
        }

        /** Later messages of the same batch see the changed session. */
        @Override
        public Session change(UnaryOperator<Session> change, CallContext context) {
            var known = session;
            var changed = sessions.change(known, change, context).orElseGet(() -> change.apply(known));
            session = changed;
            return changed;
        }

        @Override
        public LegacyClient client() {
            return client;
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
        public synchronized Session change(UnaryOperator<Session> change, CallContext context) {
            session = change.apply(session);
            return session;
        }

        @Override
        public LegacyClient client() {
            return client;
        }
    }
}
