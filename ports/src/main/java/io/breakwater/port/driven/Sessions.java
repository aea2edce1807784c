package io.breakwater.port.driven;

import io.breakwater.port.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state of legacy sessions (MCP up to 2025-11-25), shared by all replicas. Bounded in number and in what
 * their subscriptions occupy, in total and per principal; a session nobody uses for the idle time is gone. Contract:
 * {@code SessionsContract}.
 */
public interface Sessions {

    /**
     * Keeps a new session.
     *
     * @return false, and nothing kept, when the bound in total or for this principal is reached
     */
    boolean create(Session session);

    /** The session of that id, which counts as a use of it; empty when it never was, has ended, or idled away. */
    Optional<Session> find(String id);

    /**
     * Changes a session atomically, unless there is no room for its subscriptions then: it stays as it is.
     *
     * @return the session as it now is; empty when there is none
     */
    Optional<Session> update(String id, UnaryOperator<Session> change);

    /** Ends a session; false when there was none. */
    boolean end(String id);

    /** How many there are, for figures; may lag behind. */
    long count();

    /**
     * One session.
     *
     * @param id visible ASCII, unguessable
     * @param version the negotiated protocol revision
     * @param principal who opened it; nobody else may use it
     * @param capabilities the {@code ClientCapabilities} the client declared
     * @param client what the client says it is: of its {@code Implementation} the name, title and version; empty when
     *     it did not say
     * @param initialized whether {@code notifications/initialized} arrived
     * @param logLevel the least severe level the client wants, or null before {@code logging/setLevel}
     * @param subscriptions URIs of the resources whose updates the client wants
     * @param created when it began
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

        /** The same after {@code notifications/initialized}. */
        public Session asInitialized() {
            return new Session(id, version, principal, capabilities, client, true, logLevel, subscriptions, created);
        }

        /** The same with another log level. */
        public Session withLogLevel(String level) {
            return new Session(
                    id, version, principal, capabilities, client, initialized, level, subscriptions, created);
        }

        /** The same with other subscriptions. */
        public Session withSubscriptions(Set<String> uris) {
            return new Session(id, version, principal, capabilities, client, initialized, logLevel, uris, created);
        }
    }
}
