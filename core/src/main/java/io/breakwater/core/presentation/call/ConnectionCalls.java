package io.breakwater.core.presentation.call;

import io.breakwater.port.driving.Channel;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The running calls of the modern era on lasting connections; a legacy session has its own. A client may use both eras
 * on one connection, and their ids are independent.
 */
public final class ConnectionCalls {
    private final ConcurrentHashMap<Channel.Connection, CancellableCalls> calls = new ConcurrentHashMap<>();

    /** Creates an empty set of connections. */
    public ConnectionCalls() {}

    /** The calls of that connection. */
    public CancellableCalls of(Channel.Connection connection) {
        return calls.computeIfAbsent(connection, ignored -> new CancellableCalls());
    }

    /** Cancels the running calls of a connection that has closed. */
    public void closed(Channel.Connection connection) {
        var remaining = calls.remove(connection);
        if (remaining != null) {
            remaining.cancelAll();
        }
    }
}
