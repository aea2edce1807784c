package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.protocol.ForwardingSessions;
import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions;
import java.util.Optional;

/** Sessions whose look-ups fail with an exception that no port may throw. */
record FaultySessions(Sessions sessions) implements ForwardingSessions {
    @Override
    public Optional<Session> find(String id, CallContext context) {
        throw new IllegalStateException("a bug in the store");
    }
}
