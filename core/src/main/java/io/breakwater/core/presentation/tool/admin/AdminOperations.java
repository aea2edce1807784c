package io.breakwater.core.presentation.tool.admin;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.server.mcp.ToolException;
import java.util.List;
import java.util.Map;

/**
 * What an administrator can do with the server. The methods may block. An operation that is not available in this
 * server, because of how it was started or embedded, throws {@link ToolException}.
 */
public interface AdminOperations {

    /** Removes the results in the memory of this server, and invalidates those that tools can change everywhere. */
    void clearCache();

    /** Probes the systems with open circuit breakers; returns for each, by name, whether it works and is used again. */
    Map<String, Boolean> resetBreakers();

    /** Returns open legacy sessions, at most this number. */
    List<Session> sessions(int max, CallContext context);

    /** Returns the number of open legacy sessions. */
    long sessionCount();

    /** Ends a session; returns false if it was not open. */
    boolean closeSession(String id, CallContext context);

    /** Sets the least severe level that is logged: {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}. */
    void setLogLevel(String level);

    /** Reads the configuration again; returns a sentence on the effect. */
    String reloadConfiguration();

    /** Begins a graceful shutdown, and returns at once. */
    void drain();
}
