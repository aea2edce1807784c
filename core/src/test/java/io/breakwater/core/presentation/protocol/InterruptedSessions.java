package io.breakwater.core.presentation.protocol;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import io.breakwater.port.driven.UpdateResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions in this process; right after one of them was looked up, a test does something else first. */
final class InterruptedSessions implements Sessions {
    private final Sessions sessions =
            new MemorySessions(new CapacityLimiter(10, 10, 1 << 20), Duration.ofHours(1), System::nanoTime);
    private @Nullable Runnable interruption;
    private int lookups;

    /** Does that within the lookup with this number, counted from now on and from 1. */
    void afterLookup(int number, Runnable action) {
        interruption = action;
        lookups = number;
    }

    /** Whether that was done. */
    boolean interrupted() {
        return lookups <= 0 && interruption == null;
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public Duration idleTimeout() {
        return sessions.idleTimeout();
    }

    @Override
    public Optional<Session> find(String id, CallContext context) {
        var found = sessions.find(id, context);
        var now = interruption;
        if (--lookups == 0 && now != null) {
            interruption = null;
            now.run();
        }
        return found;
    }

    @Override
    public boolean create(Session session, CallContext context) {
        return sessions.create(session, context);
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
