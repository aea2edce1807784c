package io.breakwater.port.driven;

import io.breakwater.port.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of legacy sessions (MCP up to 2025-11-25), which all replicas share. Their number and the size of
 * their subscriptions are limited, in total and per principal; a session that is not used for the idle timeout ends.
 * Contract: {@code SessionsContract}.
 */
public interface Sessions {

    /**
     * Stores a new session.
     *
     * @return false, without storing it, when the limit in total or for this principal is reached
     */
    boolean create(Session session);

    /**
     * Returns the session of that id, and counts as a use of it; empty when it never existed, has ended, or has timed
     * out.
     */
    Optional<Session> find(String id);

    /**
     * Returns the session of that id if it belongs to the principal. Code that acts for a caller uses this method, so
     * that a caller never uses the session of another principal.
     */
    default Optional<Session> find(String id, String principal) {
        return find(id).filter(session -> session.principal().equals(principal));
    }

    /**
     * Changes a session atomically, unless the change exceeds the limit on subscriptions.
     *
     * @return the current session; empty when there is none
     */
    Optional<Session> update(String id, UnaryOperator<Session> change);

    /** Ends a session; false when there is none. */
    boolean end(String id);

    /** The number of sessions, for metrics; may be outdated. */
    long count();

    /**
     * One session.
     *
     * @param id visible ASCII, unguessable
     * @param version the negotiated protocol revision
     * @param principal the principal that opened it, and the only one that may use it
     * @param capabilities the {@code ClientCapabilities} the client declared
     * @param client name, title and version from the {@code Implementation} of the client; empty when it sent none
     * @param initialized whether {@code notifications/initialized} arrived
     * @param logLevel the least severe level of log messages that the client requests, or null before
     *     {@code logging/setLevel}
     * @param subscriptions the URIs of the resources to whose updates the client subscribes
     * @param created the time when it was created
     */
    record Session(
            String id,
            String version,
            String principal,
            Json.Obj capabilities,
            Json.Obj client,
            boolean initialized,
            @Nullable String logLevel,
            Set<String> subscriptions,
            Instant created) {
        /** Copies the subscriptions. */
        public Session {
            subscriptions = Set.copyOf(subscriptions);
        }

        /** Returns the session of a connection on which {@code initialize} has not been sent: all of it is empty. */
        public static Session uninitialized() {
            return new Session("", "", "", Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), Instant.EPOCH);
        }

        /** Returns this session with {@code initialized} set. */
        public Session asInitialized() {
            return new Session(id, version, principal, capabilities, client, true, logLevel, subscriptions, created);
        }

        /** Returns this session with another log level. */
        public Session withLogLevel(String level) {
            return new Session(
                    id, version, principal, capabilities, client, initialized, level, subscriptions, created);
        }

        /** Returns this session with other subscriptions. */
        public Session withSubscriptions(Set<String> uris) {
            return new Session(id, version, principal, capabilities, client, initialized, logLevel, uris, created);
        }
    }
}
