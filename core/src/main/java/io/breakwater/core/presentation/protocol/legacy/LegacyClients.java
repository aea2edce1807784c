package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogChange;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of all legacy sessions in this process, and the messages to them outside calls. */
final class LegacyClients {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyClients.class);

    private static final String UPDATED = "notifications/resources/updated";

    private static final AccessDecision LONG_NAME = new AccessDecision.Denied("the URI is too long for a resumption");

    private final CatalogAccess catalog;
    private final SessionService sessions;
    private final EventLog events;
    private final StoreAccess access;
    private final SessionSweep sweep;
    private final DistinctWork<String> updates;
    private final Map<String, LegacyClient> stored = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, LegacyCaller.ConnectedCaller> connected = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, Reply> connectionStreams = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    LegacyClients(CatalogAccess catalog, SessionService sessions, EventLog events, StoreAccess access) {
        this.catalog = catalog;
        this.sessions = sessions;
        this.events = events;
        this.access = access;
        this.sweep = SessionSweep.of(sessions.idleTimeout());
        this.updates = new DistinctWork<>(access.executor(), this::notifySubscribers);
    }

    /** Returns the state of that session, or null when this process has none. */
    @Nullable
    LegacyClient find(String session) {
        var client = stored.get(session);
        if (client != null) {
            client.markActive();
        }
        return client;
    }

    LegacyClient findOrCreate(String session) {
        var client = stored.computeIfAbsent(session, id -> new LegacyClient(id, events, access));
        client.markActive();
        return client;
    }

    LegacyCaller.@Nullable ConnectedCaller connected(Channel.Connection connection) {
        return connected.get(connection);
    }

    /** Starts the session of a connection; it replaces an earlier session. */
    void connect(Channel.Connection connection, LegacyCaller.ConnectedCaller caller) {
        var previous = connected.put(connection, caller);
        if (previous != null) {
            previous.client().detach();
        }
    }

    void addStream(Channel.Connection connection, Reply reply) {
        reply.open(ReplyStatus.RESULT);
        connectionStreams.put(connection, reply);
    }

    void disconnected(Channel.Connection connection) {
        connectionStreams.remove(connection);
        var caller = connected.remove(connection);
        if (caller != null) {
            caller.client().detach();
        }
    }

    void end(String session) {
        var client = stored.remove(session);
        if (client != null) {
            client.close();
        }
        events.forget(session, access.context());
    }

    /** The time between two calls of {@link #sweep}. */
    Duration sweepInterval() {
        return sweep.interval();
    }

    /**
     * Removes the state of idle clients, and renews those sessions whose client keeps a stream or a call open and has
     * sent no message for a while. Does not wait for the store.
     */
    void sweep() {
        var due = new ArrayList<String>();
        stored.forEach((id, client) -> {
            int checks = client.countCheck();
            if (checks > 0 && client.isUnused()) {
                stored.remove(id, client);
            } else if (checks >= sweep.checksToRenewal()) {
                client.markRenewed();
                due.add(id);
            }
        });
        if (!due.isEmpty()) {
            access.execute(() -> renew(due));
        }
    }

    /** Renews sessions, and closes those that have ended in another process. */
    private void renew(List<String> due) {
        try {
            var open = sessions.renew(due, access.context());
            due.stream().filter(id -> !open.contains(id)).forEach(this::end);
        } catch (PortException failure) {
            LOG.warn("{} sessions could not be renewed: {}", due.size(), failure.getMessage(), failure.getCause());
        }
    }

    /** Notifies those callers of a changed list of the catalog who see an item that changed. */
    void changed(CatalogChange change) {
        var message = MessageWriter.notification(
                "notifications/" + change.kind().wireName() + "/list_changed", Json.Obj.EMPTY);
        stored.values().forEach(client -> {
            var stream = client.standaloneStream();
            if (catalog.isVisible(change, stream.principal())) {
                stream.send(message);
            }
        });
        connected.forEach((connection, caller) -> {
            if (caller.session().initialized()
                    && catalog.isVisible(change, caller.client().principal())) {
                send(connection, message);
            }
        });
    }

    /** Notifies the subscribers of a resource. Does not wait for the store. */
    void updated(String uri) {
        updates.add(uri);
        connected.forEach((connection, caller) -> {
            if (caller.session().subscriptions().contains(uri)
                    && mayReceiveUpdates(caller.client().principal(), uri)) {
                send(connection, updateMessage(uri));
            }
        });
    }

    private static byte[] updateMessage(String uri) {
        return MessageWriter.notification(UPDATED, Json.object().put("uri", uri).build());
    }

    /** Looks all subscribers up at once. */
    private void notifySubscribers(String uri) {
        var listening = new ArrayList<String>();
        stored.forEach((id, client) -> {
            var stream = client.standaloneStream();
            if (stream.isOpen() && mayReceiveUpdates(stream.principal(), uri)) {
                listening.add(id);
            }
        });
        if (listening.isEmpty()) {
            return;
        }
        var message = updateMessage(uri);
        for (var id : subscribers(uri, listening)) {
            var client = stored.get(id);
            if (client != null) {
                client.standaloneStream().send(message);
            }
        }
    }

    private Set<String> subscribers(String uri, List<String> listening) {
        try {
            return sessions.subscribers(uri, listening, access.context());
        } catch (PortException failure) {
            LOG.warn(
                    "The subscribers of a resource could not be looked up and are not notified: {}",
                    failure.getMessage(),
                    failure.getCause());
            return Set.of();
        }
    }

    private boolean mayReceiveUpdates(Principal principal, String uri) {
        return catalog.view(principal).mayReceiveUpdates(uri);
    }

    /**
     * Returns true if this caller may receive the rest of the stream with this name; otherwise, records the refusal
     * under the id of the request.
     */
    boolean mayResume(String stream, Principal principal, String requestId) {
        var target = StreamTarget.inName(stream);
        if (target == null) {
            return true;
        }
        var view = catalog.view(principal);
        var decision = target.name().isEmpty() ? LONG_NAME : view.result(target.kind(), target.name());
        boolean allowed = decision instanceof AccessDecision.Allowed;
        if (!allowed) {
            view.recordRefusal(requestId, target.kind(), target.name(), decision);
        }
        return allowed;
    }

    /** Returns a filter that drops stored updates of resources that this caller may not read. */
    Predicate<byte[]> updatesFor(Principal principal) {
        return message -> {
            var notification = ParsedJson.read(message);
            var uri = notification.object("params").text("uri");
            return !UPDATED.equals(notification.text("method")) || (uri != null && mayReceiveUpdates(principal, uri));
        };
    }

    private void send(Channel.Connection connection, byte[] message) {
        var stream = connectionStreams.get(connection);
        if (stream != null) {
            stream.offer(Event.of(message));
        }
    }

    /** Ends a stand-alone stream that was opened while the server stops. */
    void addStream(LegacyClient client) {
        if (stopping) {
            client.standaloneStream().detach();
        }
    }

    void endStreams() {
        stopping = true;
        stored.values().forEach(client -> client.standaloneStream().detach());
    }
}
