package io.breakwater.core.presentation.protocol;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions in this process; right after one of them was looked up, a test does something else first. */
final class InterruptedSessions implements ForwardingSessions {
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
    public Sessions sessions() {
        return sessions;
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
}
