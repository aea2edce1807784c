package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of legacy sessions (MCP up to 2025-11-25), which all replicas share. Their number and the size of
 * their subscriptions are limited, in total and per principal; a session that is not used for the idle timeout ends.
 *
 * <p>Every method with a {@link CallContext} may access a remote store: it respects the deadline and the cancellation
 * of the context, and raises {@link io.breakwater.port.PortException}. Contract: {@code SessionsContract}.
 */
public interface Sessions {

    /**
     * True if a method with a context may block. The server then calls these methods on virtual threads, otherwise on
     * the thread on which a message arrived, which can be an event loop. The value never changes.
     */
    default boolean mayBlock() {
        return true;
    }

    /** The time after which a session that is not used ends. The value never changes. */
    Duration idleTimeout();

    /**
     * Stores a new session.
     *
     * @return false, without storing it, when the limit in total or for this principal is reached
     */
    boolean create(Session session, CallContext context);

    /**
     * Returns the session of that id, and counts as a use of it; empty when it never existed, has ended, or has timed
     * out.
     */
    Optional<Session> find(String id, CallContext context);

    /**
     * Returns the session of that id if it belongs to the principal. Code that acts for a caller uses this method, so
     * that a caller never uses the session of another principal.
     */
    default Optional<Session> find(String id, String principal, CallContext context) {
        return find(id, context).filter(session -> session.principal().equals(principal));
    }

    /**
     * Replaces a session atomically if it equals the expected one, and counts as a use of it. Without a conflict, a
     * change that does not increase the size of the subscriptions is always stored.
     *
     * @param expected the session as the caller knows it
     * @param changed the session to store, with the same id and principal
     */
    UpdateResult<Session> update(Session expected, Session changed, CallContext context);

    /** Ends a session; false when there is none. */
    boolean end(String id, CallContext context);

    /**
     * Counts as a use of all these sessions, for clients that keep streams or calls open without sending messages. A
     * remote store should do this in one round trip.
     *
     * @return the ids of those sessions that exist
     */
    Set<String> renew(Collection<String> ids, CallContext context);

    /**
     * Returns the ids of those sessions that subscribe to the resource. Does not count as a use of them. A remote store
     * should do this in one round trip.
     */
    Set<String> subscribers(String uri, Collection<String> ids, CallContext context);

    /**
     * Returns open sessions in any order, at most this number. Does not count as a use of them. A remote store should do
     * this in few round trips.
     */
    List<Session> list(int max, CallContext context);

    /** The number of sessions, for metrics; may be outdated. Never blocks. */
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
