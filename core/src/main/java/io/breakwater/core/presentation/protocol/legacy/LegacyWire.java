package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.access.Principal;
import io.breakwater.core.business.session.EventBook;
import io.breakwater.core.business.session.SessionBook;
import io.breakwater.core.presentation.call.Emitter;
import io.breakwater.core.presentation.call.Engine;
import io.breakwater.core.presentation.call.Rejection;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.ErrorCode;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.registry.Registry;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.presentation.json.Envelope;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.method.ResultMemory;
import io.breakwater.core.presentation.server.Identity;
import io.breakwater.core.presentation.server.Settings;
import io.breakwater.port.Json;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The eras that begin with {@code initialize}. Over HTTP a session is named by {@code Mcp-Session-Id} and belongs to the
 * principal who opened it; on a lasting connection there is one, which ends with it.
 */
public final class LegacyWire {
    static final String SESSION_ID = "Mcp-Session-Id";
    static final int NO_SUCH_SESSION = -32001;
    private static final Duration FULL = Duration.ofSeconds(30);

    private final Engine engine;
    private final SessionBook sessions;
    private final EventBook events;
    private final LegacyMethods methods;
    private final Handshake handshake;
    private final LegacyClients clients;

    /** A wire that offers what the registry holds. */
    public LegacyWire(
            Engine engine,
            Registry registry,
            Identity identity,
            Settings settings,
            ResultMemory memory,
            SessionBook sessions,
            EventBook events) {
        this.engine = engine;
        this.sessions = sessions;
        this.events = events;
        this.methods = new LegacyMethods(registry, settings, memory);
        this.handshake = new Handshake(identity);
        this.clients = new LegacyClients(sessions, events);
        registry.onChange(clients::changed);
        engine.lanes().every(Duration.ofSeconds(30), clients::sweep);
    }

    // ---- messages --------------------------------------------------------------------------------------------------

    /** A request. */
    public void request(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            if (request.method().equals("initialize")) {
                initialize(request, inbound.channel(), principal, reply);
            } else {
                call(request, peer(request.method(), inbound, principal), inbound, principal, reply);
            }
        } catch (Rejection rejected) {
            turnAway(request, principal, rejected.disposition(), rejected.error(), reply);
        } catch (McpError error) {
            turnAway(request, principal, ReplyStatus.ANSWER, error, reply);
        }
    }

    private void turnAway(
            Message.Request request, Principal principal, ReplyStatus disposition, McpError error, Reply reply) {
        engine.turnedAway().note(request.method(), request.params(), principal, error);
        reply.answer(
                disposition,
                Envelope.error(request.id(), error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private void call(Message.Request request, LegacyPeer peer, IncomingMessage inbound, Principal principal, Reply reply)
            throws Rejection {
        var prepared = methods.prepare(request.method(), request.params(), peer);
        var emitter = emitter(peer, inbound.channel(), reply);
        var call = new LegacyCall(engine, request, principal, prepared, peer, emitter);
        call.countIn(inbound.memory());
        peer.client().calls().start(call);
        call.keepUntilIdle(inbound.memory());
    }

    private Emitter emitter(LegacyPeer peer, Channel channel, Reply reply) {
        if (channel instanceof Channel.Connection || reply instanceof BatchReply.Part) {
            return new Emitter(reply);
        }
        var session = peer.session();
        boolean priming = session.version().compareTo("2025-11-25") >= 0;
        return new ResumableEmitter(reply, events, peer.client(), priming);
    }

    private void initialize(Message.Request request, Channel channel, Principal principal, Reply reply) {
        var session = handshake.session(
                request.params(), principal.id(), engine.lanes().clock().instant());
        var peer = new LegacyPeer.Connected(new LegacyClient(session.id(), events), session);
        var work = Work.inline(call -> open(session, channel, peer));
        var prepared = new LegacyCall.Prepared(work, "", null);
        var call = new LegacyCall(engine, request, principal, prepared, peer, new Emitter(reply));
        if (channel instanceof Channel.Exchange) {
            call.opens(session.id());
        }
        call.start();
    }

    private Outcome open(Session session, Channel channel, LegacyPeer.Connected peer) {
        switch (channel) {
            case Channel.Connection connection -> clients.connect(connection, peer);
            case Channel.Exchange ignored -> {
                if (!sessions.open(session)) {
                    return new Outcome.Refused(
                            ErrorCode.OVERLOADED, "No room for another session; try again later.", FULL);
                }
            }
        }
        return new Outcome.Value(handshake.result(session));
    }

    /** The methods this era has, beside the one that opens a session. */
    public Set<String> methods() {
        return methods.names();
    }

    /** A notification. */
    public void notification(Message.Notification notification, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            var peer = peer(notification.method(), inbound, principal);
            switch (notification.method()) {
                case "notifications/initialized" -> peer.change(Session::asInitialized);
                case "notifications/cancelled" ->
                    peer.client().calls().cancel(notification.params().requestId("requestId"));
                default -> {}
            }
            reply.answer(ReplyStatus.ACCEPTED, null);
        } catch (Rejection rejected) {
            unheard(notification.method(), rejected, inbound, principal, reply);
        }
    }

    /** An answer to a question of ours. */
    public void response(Message.Response response, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            peer("a response", inbound, principal).client().answered(response);
            reply.answer(ReplyStatus.ACCEPTED, null);
        } catch (Rejection rejected) {
            unheard("", rejected, inbound, principal, reply);
        }
    }

    /** What asks for no answer gets none on a connection; HTTP has a status to show. */
    private void unheard(String method, Rejection rejected, IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.channel() instanceof Channel.Connection) {
            reply.answer(ReplyStatus.ACCEPTED, null);
        } else {
            reject(method, rejected, principal, reply);
        }
    }

    private void reject(String method, Rejection rejected, Principal principal, Reply reply) {
        var error = rejected.error();
        engine.turnedAway().note(method, Document.EMPTY, principal, error);
        reply.answer(
                rejected.disposition(), Envelope.error(null, error.code(), String.valueOf(error.getMessage()), null));
    }

    // ---- sessions --------------------------------------------------------------------------------------------------

    private LegacyPeer peer(String what, IncomingMessage inbound, Principal principal) throws Rejection {
        return switch (inbound.channel()) {
            case Channel.Connection connection -> connected(what, connection);
            case Channel.Exchange ignored -> booked(inbound, principal);
        };
    }

    private LegacyPeer connected(String what, Channel.Connection connection) throws Rejection {
        var peer = clients.on(connection);
        if (peer != null) {
            return peer;
        }
        if (what.equals("ping")) { // the one request that may come before
            var session = new Session("", "", "", Json.Obj.EMPTY, Json.Obj.EMPTY, false, null, Set.of(), Instant.EPOCH);
            return new LegacyPeer.Connected(new LegacyClient("", events), session);
        }
        throw Rejection.malformed(
                McpError.INVALID_REQUEST,
                "Begin with \"initialize\", or send every request with the _meta of " + Identity.MODERN
                        + ". Supported protocol versions: " + String.join(", ", Identity.ALL));
    }

    private LegacyPeer booked(IncomingMessage inbound, Principal principal) throws Rejection {
        var id = inbound.fields().first(SESSION_ID);
        if (id == null) {
            throw Rejection.malformed(
                    McpError.INVALID_REQUEST,
                    "The header field " + SESSION_ID + " is missing: send what the answer to \"initialize\" carried, or"
                            + " send every request with the _meta of " + Identity.MODERN);
        }
        if (inbound.fields().repeated(SESSION_ID)) {
            throw Rejection.malformed(
                    McpError.INVALID_REQUEST,
                    "The header field " + SESSION_ID + " is there more than once: send it once");
        }
        var session = session(id, principal);
        var client = clients.known(id);
        return new LegacyPeer.Booked(sessions, session, client == null ? newClient(id, principal) : client);
    }

    private Session session(String id, Principal principal) throws Rejection {
        return sessions.find(id, principal.id())
                .orElseThrow(() -> new Rejection(
                        ReplyStatus.NO_SESSION,
                        new McpError(NO_SUCH_SESSION, "Session not found: begin again with \"initialize\"")));
    }

    /** The session may have ended since it was found, and its end must not miss what begins here. */
    private LegacyClient newClient(String id, Principal principal) throws Rejection {
        var client = clients.of(id);
        try {
            session(id, principal);
        } catch (Rejection ended) {
            clients.end(id);
            throw ended;
        }
        return client;
    }

    /** The client wants to hear what we say outside any call, or to go on with a stream it lost. */
    public void listen(IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.channel() instanceof Channel.Connection connection) {
            clients.listens(connection, reply);
            return;
        }
        if (inbound.fields().first(SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        try {
            var client = booked(inbound, principal).client();
            var last = inbound.fields().first("Last-Event-ID");
            if (last == null) {
                client.general().attach(reply);
            } else {
                resume(client, last, reply);
            }
            clients.listens(client);
        } catch (Rejection rejected) {
            reject("listen", rejected, principal, reply);
        }
    }

    private void resume(LegacyClient client, String last, Reply reply) throws Rejection {
        var event = EventId.of(last).orElseThrow(LegacyWire::noSuchEvent);
        var live = client.stream(event.stream());
        var stream = live == null ? new EndedStream(events, client.id(), event.stream()) : live;
        if (!stream.resume(reply, event.number())) {
            throw noSuchEvent();
        }
    }

    private static Rejection noSuchEvent() {
        return new Rejection(
                ReplyStatus.NO_EVENT,
                new McpError(
                        McpError.INVALID_REQUEST,
                        "This session has nothing to send after that Last-Event-ID. Open the stream without it."));
    }

    /** The client ends its session. */
    public void end(IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.fields().first(SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        try {
            var id = booked(inbound, principal).session().id();
            sessions.end(id);
            clients.end(id);
            reply.answer(ReplyStatus.ENDED, null);
        } catch (Rejection rejected) {
            reject("end", rejected, principal, reply);
        }
    }

    /** The revision of that session; null when there is none. */
    public @Nullable String version(IncomingMessage inbound, Principal principal) {
        try {
            return peer("the revision", inbound, principal).session().version();
        } catch (Rejection none) {
            return null;
        }
    }

    /** The connection is gone. */
    public void closed(Channel.Connection connection) {
        clients.disconnected(connection);
    }

    /** Tells those who subscribed that a resource holds something else now. */
    public void updated(String uri) {
        clients.updated(uri);
    }

    /** Ends every stand-alone stream. */
    public void endStreams() {
        clients.endStreams();
    }
}
