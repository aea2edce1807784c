package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state of all legacy sessions in this process, and the messages to them outside calls. */
final class LegacyClients {
    private final SessionService sessions;
    private final EventLog events;
    private final Map<String, LegacyClient> stored = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, LegacyCaller.ConnectedCaller> connected = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, Reply> connectionStreams = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    LegacyClients(SessionService sessions, EventLog events) {
        this.sessions = sessions;
        this.events = events;
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
        var client = stored.computeIfAbsent(session, id -> new LegacyClient(id, events));
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
        events.forget(session);
    }

    /** Removes idle clients, and refreshes sessions whose client keeps a stream open without sending messages. */
    void sweep() {
        stored.forEach((id, client) -> {
            if (client.checkIdle()) {
                stored.remove(id, client);
            } else if (sessions.find(id).isEmpty()) {
                end(id);
            }
        });
    }

    void changed(Registry.Kind kind) {
        var message = MessageWriter.notification("notifications/" + kind.wireName() + "/list_changed", Json.Obj.EMPTY);
        stored.values().forEach(client -> client.standaloneStream().send(message));
        connected.forEach((connection, caller) -> {
            if (caller.session().initialized()) {
                send(connection, message);
            }
        });
    }

    void updated(String uri) {
        var message = MessageWriter.notification(
                "notifications/resources/updated", Json.object().put("uri", uri).build());
        stored.forEach((id, client) -> {
            if (client.standaloneStream().isOpen()
                    && sessions.find(id)
                            .filter(s -> s.subscriptions().contains(uri))
                            .isPresent()) {
                client.standaloneStream().send(message);
            }
        });
        connected.forEach((connection, caller) -> {
            if (caller.session().subscriptions().contains(uri)) {
                send(connection, message);
            }
        });
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
