package io.breakwater.port.contract;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sessions behind a {@link StoreWatch}. The operations are {@code create}, {@code find}, {@code update}, {@code end},
 * {@code renew}, {@code subscribers} and {@code list}.
 *
 * @param mayBlock what the store claims
 */
public record WatchedSessions(Sessions sessions, StoreWatch watch, boolean mayBlock) implements Sessions {

    /** Sessions in a store that may block. */
    public WatchedSessions(Sessions sessions, StoreWatch watch) {
        this(sessions, watch, true);
    }

    @Override
    public Duration idleTimeout() {
        return sessions.idleTimeout();
    }

    @Override
    public boolean create(Session session, CallContext context) {
        watch.access("create");
        return sessions.create(session, context);
    }

    @Override
    public Optional<Session> find(String id, CallContext context) {
        watch.access("find");
        return sessions.find(id, context);
    }

    @Override
    public UpdateResult<Session> update(Session expected, Session changed, CallContext context) {
        watch.access("update");
        return sessions.update(expected, changed, context);
    }

    @Override
    public boolean end(String id, CallContext context) {
        watch.access("end");
        return sessions.end(id, context);
    }

    @Override
    public Set<String> renew(Collection<String> ids, CallContext context) {
        watch.access("renew");
        return sessions.renew(ids, context);
    }

    @Override
    public Set<String> subscribers(String uri, Collection<String> ids, CallContext context) {
        watch.access("subscribers");
        return sessions.subscribers(uri, ids, context);
    }

    @Override
    public List<Session> list(int max, CallContext context) {
        watch.access("list");
        return sessions.list(max, context);
    }

    @Override
    public long count() {
        return sessions.count();
    }
}
