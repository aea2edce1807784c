package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Sessions whose look-ups fail with an exception that no port may throw. */
record FaultySessions(Sessions sessions) implements Sessions {
    @Override
    public Duration idleTimeout() {
        return sessions.idleTimeout();
    }

    @Override
    public boolean create(Session session, CallContext context) {
        return sessions.create(session, context);
    }

    @Override
    public Optional<Session> find(String id, CallContext context) {
        throw new IllegalStateException("a bug in the store");
    }

    @Override
    public UpdateResult<Session> update(Session expected, Session changed, CallContext context) {
        return sessions.update(expected, changed, context);
    }

    @Override
    public boolean end(String id, CallContext context) {
        return sessions.end(id, context);
    }

    @Override
    public Set<String> renew(Collection<String> ids, CallContext context) {
        return sessions.renew(ids, context);
    }

    @Override
    public Set<String> subscribers(String uri, Collection<String> ids, CallContext context) {
        return sessions.subscribers(uri, ids, context);
    }

    @Override
    public long count() {
        return sessions.count();
    }
}
