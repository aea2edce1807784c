package io.breakwater.core.presentation.call;

import io.breakwater.port.driving.Channel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is at work on lasting connections for the stateless era; a legacy session keeps its own calls. A client may
 * speak both, and the ids of the one mean nothing to the other.
 */
public final class ConnectionCalls {
    private final ConcurrentHashMap<Channel.Connection, CancellableCalls> calls = new ConcurrentHashMap<>();

    /** None yet. */
    public ConnectionCalls() {}

    /** The calls of that connection. */
    public CancellableCalls of(Channel.Connection connection) {
        return calls.computeIfAbsent(connection, ignored -> new CancellableCalls());
    }

    /** The connection is gone: what it had at work is cancelled. */
    public void closed(Channel.Connection connection) {
        var remaining = calls.remove(connection);
        if (remaining != null) {
            remaining.cancelAll();
        }
    }
}
