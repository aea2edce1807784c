package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionBook;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Event;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is alive here of all legacy sessions, and how to reach it outside any call. */
final class LegacyClients {
    private final SessionBook sessions;
    private final EventLog events;
    private final Map<String, LegacyClient> booked = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, LegacyCaller.Connected> connected = new ConcurrentHashMap<>();
    private final Map<Channel.Connection, Reply> lines = new ConcurrentHashMap<>();

    private volatile boolean ending;

    LegacyClients(SessionBook sessions, EventLog events) {
        this.sessions = sessions;
        this.events = events;
    }

    /** The client of that session if anything of it is alive here. */
    @Nullable
    LegacyClient known(String session) {
        var client = booked.get(session);
        if (client != null) {
            client.touch();
        }
        return client;
    }

    LegacyClient of(String session) {
        var client = booked.computeIfAbsent(session, id -> new LegacyClient(id, events));
        client.touch();
        return client;
    }

    LegacyCaller.@Nullable Connected on(Channel.Connection connection) {
        return connected.get(connection);
    }

    /** A connection begins its session, again if it wants. */
    void connect(Channel.Connection connection, LegacyCaller.Connected peer) {
        var before = connected.put(connection, peer);
        if (before != null) {
            before.client().end();
        }
    }

    void listens(Channel.Connection connection, Reply reply) {
        reply.open(ReplyStatus.ANSWER);
        lines.put(connection, reply);
    }

    void disconnected(Channel.Connection connection) {
        lines.remove(connection);
        var peer = connected.remove(connection);
        if (peer != null) {
            peer.client().end();
        }
    }

    void end(String session) {
        var client = booked.remove(session);
        if (client != null) {
            client.close();
        }
        events.forget(session);
    }

    /** Drops what is idle, and keeps sessions alive whose client listens without ever asking. */
    void sweep() {
        booked.forEach((id, client) -> {
            if (client.idle()) {
                booked.remove(id, client);
            } else if (sessions.find(id).isEmpty()) {
                end(id);
            }
        });
    }

    void changed(Registry.Kind kind) {
        var message = MessageWriter.notification("notifications/" + kind.wire() + "/list_changed", Json.Obj.EMPTY);
        booked.values().forEach(client -> client.general().say(message));
        connected.forEach((connection, peer) -> {
            if (peer.session().initialized()) {
                say(connection, message);
            }
        });
    }

    void updated(String uri) {
        var message = MessageWriter.notification(
                "notifications/resources/updated", Json.object().put("uri", uri).build());
        booked.forEach((id, client) -> {
            if (client.general().open()
                    && sessions.find(id)
                            .filter(s -> s.subscriptions().contains(uri))
                            .isPresent()) {
                client.general().say(message);
            }
        });
        connected.forEach((connection, peer) -> {
            if (peer.session().subscriptions().contains(uri)) {
                say(connection, message);
            }
        });
    }

    private void say(Channel.Connection connection, byte[] message) {
        var line = lines.get(connection);
        if (line != null) {
            line.offer(Event.of(message));
        }
    }

    /** Its stand-alone stream was opened: to be ended at once when the server stops. */
    void listens(LegacyClient client) {
        if (ending) {
            client.general().detach();
        }
    }

    void endStreams() {
        ending = true;
        booked.values().forEach(client -> client.general().detach());
    }
}
