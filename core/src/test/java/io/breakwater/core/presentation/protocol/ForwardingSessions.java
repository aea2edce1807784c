package io.breakwater.core.presentation.protocol;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sessions in another store; a test changes some of the operations. */
public interface ForwardingSessions extends Sessions {
    /** Returns the other store. */
    Sessions sessions();

    @Override
    default boolean mayBlock() {
        return sessions().mayBlock();
    }

    @Override
    default Duration idleTimeout() {
        return sessions().idleTimeout();
    }

    @Override
    default boolean create(Session session, CallContext context) {
        return sessions().create(session, context);
    }

    @Override
    default Optional<Session> find(String id, CallContext context) {
        return sessions().find(id, context);
    }

    @Override
    default UpdateResult<Session> update(Session expected, Session changed, CallContext context) {
        return sessions().update(expected, changed, context);
    }

    @Override
    default boolean end(String id, CallContext context) {
        return sessions().end(id, context);
    }

    @Override
    default Set<String> renew(Collection<String> ids, CallContext context) {
        return sessions().renew(ids, context);
    }

    @Override
    default Set<String> subscribers(String uri, Collection<String> ids, CallContext context) {
        return sessions().subscribers(uri, ids, context);
    }

    @Override
    default List<Session> list(int max, CallContext context) {
        return sessions().list(max, context);
    }

    @Override
    default long count() {
        return sessions().count();
    }
}
