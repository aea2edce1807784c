package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.cache.ResultCacheService;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The legacy era, in which a client begins with {@code initialize}. Over HTTP, {@code Mcp-Session-Id} identifies a
 * session, which belongs to the principal that opened it; a lasting connection has one session, which ends with it.
 */
public final class LegacyProtocol {
    static final String SESSION_ID = "Mcp-Session-Id";
    static final int NO_SUCH_SESSION = -32001;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final CallRuntime runtime;
    private final SessionService sessions;
    private final EventLog events;
    private final LegacyMethods methods;
    private final InitializeMethod initializeMethod;
    private final LegacyClients clients;

    /** Creates the protocol for the catalog of that registry. */
    public LegacyProtocol(
            CallRuntime runtime,
            Registry registry,
            ServerIdentity identity,
            ProtocolSettings settings,
            ResultCacheService resultCache,
            SessionService sessions,
            EventLog events) {
        this.runtime = runtime;
        this.sessions = sessions;
        this.events = events;
        this.methods = new LegacyMethods(registry, settings, resultCache);
        this.initializeMethod = new InitializeMethod(identity, registry);
        this.clients = new LegacyClients(sessions, events);
        registry.onChange(clients::changed);
        runtime.executors().scheduleRepeatedly(Duration.ofSeconds(30), clients::sweep);
    }

    // ---- messages ---------------------------------------------------------------------------------------------------

    /** Handles a request. */
    public void request(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            if (request.method().equals("initialize")) {
                initialize(request, inbound, principal, reply);
            } else {
                call(request, caller(request.method(), inbound, principal), inbound, principal, reply);
            }
        } catch (RejectedMessageException rejection) {
            rejectRequest(request, principal, rejection.replyStatus(), rejection.error(), reply);
        } catch (McpException error) {
            rejectRequest(request, principal, ReplyStatus.RESULT, error, reply);
        }
    }

    private void rejectRequest(
            Message.Request request, Principal principal, ReplyStatus status, McpException error, Reply reply) {
        runtime.rejectionListener().onRejected(request.method(), request.params(), principal, error);
        reply.answer(
                status,
                MessageWriter.error(request.id(), error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private void call(
            Message.Request request, LegacyCaller caller, IncomingMessage inbound, Principal principal, Reply reply)
            throws RejectedMessageException {
        var prepared = methods.prepare(request.method(), request.params(), caller);
        var emitter = emitter(caller, inbound.channel(), reply);
        var call = new LegacyCall(runtime, request, inbound, principal, prepared, caller, emitter);
        caller.client().calls().start(call);
        call.retainMemory();
    }

    private ResponseEmitter emitter(LegacyCaller caller, Channel channel, Reply reply) {
        if (channel instanceof Channel.Connection || reply instanceof BatchCollector.Part) {
            return new ResponseEmitter(reply);
        }
        var session = caller.session();
        boolean priming = session.version().compareTo("2025-11-25") >= 0;
        return new ResumableEmitter(reply, events, caller.client(), priming);
    }

    private void initialize(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        var session = initializeMethod.session(
                request.params(), principal.id(), runtime.executors().clock().instant());
        var caller = new LegacyCaller.ConnectedCaller(new LegacyClient(session.id(), events), session);
        var handler = MethodHandler.inline(call -> open(session, inbound.channel(), caller));
        var prepared = PreparedMethod.of(handler);
        var call = new LegacyCall(runtime, request, inbound, principal, prepared, caller, new ResponseEmitter(reply));
        if (inbound.channel() instanceof Channel.Exchange) {
            call.answersWithSession(session.id());
        }
        call.start();
    }

    private Outcome open(Session session, Channel channel, LegacyCaller.ConnectedCaller caller) {
        switch (channel) {
            case Channel.Connection connection -> clients.connect(connection, caller);
            case Channel.Exchange ignored -> {
                if (!sessions.open(session)) {
                    return Refusal.of(ErrorCode.OVERLOADED, "The limit on sessions is reached; try again later.")
                            .withRetryAfter(RETRY_AFTER);
                }
            }
        }
        return new Outcome.Value(initializeMethod.result(session));
    }

    /** The methods of this era, without {@code initialize}. */
    public Set<String> methods() {
        return methods.names();
    }

    /** Handles a notification. */
    public void notification(
            Message.Notification notification, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            var caller = caller(notification.method(), inbound, principal);
            switch (notification.method()) {
                case "notifications/initialized" -> caller.change(Session::asInitialized);
                case "notifications/cancelled" ->
                    caller.client().calls().cancel(notification.params().requestId("requestId"));
                default -> {}
            }
            reply.answer(ReplyStatus.ACCEPTED, null);
        } catch (RejectedMessageException rejection) {
            rejectUnanswered(notification.method(), rejection, inbound, principal, reply);
        }
    }

    /** Handles the response to a client request. */
    public void response(Message.Response response, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            caller("a response", inbound, principal).client().completeRequest(response);
            reply.answer(ReplyStatus.ACCEPTED, null);
        } catch (RejectedMessageException rejection) {
            rejectUnanswered("", rejection, inbound, principal, reply);
        }
    }

    /** Rejects a notification or response: with a status over HTTP, without a reply on a connection. */
    private void rejectUnanswered(
            String method,
            RejectedMessageException rejection,
            IncomingMessage inbound,
            Principal principal,
            Reply reply) {
        if (inbound.channel() instanceof Channel.Connection) {
            reply.answer(ReplyStatus.ACCEPTED, null);
        } else {
            reject(method, rejection, principal, reply);
        }
    }

    private void reject(String method, RejectedMessageException rejection, Principal principal, Reply reply) {
        var error = rejection.error();
        runtime.rejectionListener().onRejected(method, ParsedJson.EMPTY, principal, error);
        reply.answer(
                rejection.replyStatus(),
                MessageWriter.error(null, error.code(), String.valueOf(error.getMessage()), null));
    }

    // ---- sessions ---------------------------------------------------------------------------------------------------

    private LegacyCaller caller(String method, IncomingMessage inbound, Principal principal)
            throws RejectedMessageException {
        return switch (inbound.channel()) {
            case Channel.Connection connection -> connected(method, connection);
            case Channel.Exchange ignored -> storedSession(inbound, principal);
        };
    }

    private LegacyCaller connected(String method, Channel.Connection connection) throws RejectedMessageException {
        var caller = clients.connected(connection);
        if (caller != null) {
            return caller;
        }
        if (method.equals("ping")) { // the only request that is allowed before initialize
            return new LegacyCaller.ConnectedCaller(new LegacyClient("", events), Session.uninitialized());
        }
        throw RejectedMessageException.malformed(
                McpException.INVALID_REQUEST,
                "Begin with \"initialize\", or send every request with the _meta of " + ServerIdentity.MODERN
                        + ". Supported protocol versions: " + String.join(", ", ServerIdentity.ALL));
    }

    private LegacyCaller storedSession(IncomingMessage inbound, Principal principal) throws RejectedMessageException {
        var id = inbound.fields().first(SESSION_ID);
        if (id == null) {
            throw RejectedMessageException.malformed(
                    McpException.INVALID_REQUEST,
                    "The header field " + SESSION_ID
                            + " is missing: send the value from the response to \"initialize\", or"
                            + " send every request with the _meta of " + ServerIdentity.MODERN);
        }
        if (inbound.fields().repeated(SESSION_ID)) {
            throw RejectedMessageException.malformed(
                    McpException.INVALID_REQUEST,
                    "The header field " + SESSION_ID + " occurs more than once: send it once");
        }
        var session = session(id, principal);
        var client = clients.find(id);
        return new LegacyCaller.StoredCaller(sessions, session, client == null ? newClient(id, principal) : client);
    }

    private Session session(String id, Principal principal) throws RejectedMessageException {
        return sessions.find(id, principal.id())
                .orElseThrow(() -> new RejectedMessageException(
                        ReplyStatus.NO_SESSION,
                        new McpException(NO_SUCH_SESSION, "Session not found: begin again with \"initialize\"")));
    }

    /** Creates the state of a session and checks the session again, since it may have ended meanwhile. */
    private LegacyClient newClient(String id, Principal principal) throws RejectedMessageException {
        var client = clients.findOrCreate(id);
        try {
            session(id, principal);
        } catch (RejectedMessageException ended) {
            clients.end(id);
            throw ended;
        }
        return client;
    }

    /** Opens the stand-alone stream of a client, or resumes an interrupted stream. */
    public void listen(IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.channel() instanceof Channel.Connection connection) {
            clients.addStream(connection, reply);
            return;
        }
        if (inbound.fields().first(SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        try {
            var client = storedSession(inbound, principal).client();
            var last = inbound.fields().first("Last-Event-ID");
            if (last == null) {
                client.standaloneStream().attach(reply);
            } else {
                resume(client, last, reply);
            }
            clients.addStream(client);
        } catch (RejectedMessageException rejection) {
            reject("listen", rejection, principal, reply);
        }
    }

    private void resume(LegacyClient client, String last, Reply reply) throws RejectedMessageException {
        var event = EventId.of(last).orElseThrow(LegacyProtocol::noSuchEvent);
        var live = client.stream(event.stream());
        var stream = live == null ? new ReplayedStream(events, client.id(), event.stream()) : live;
        if (!stream.resume(reply, event.number())) {
            throw noSuchEvent();
        }
    }

    private static RejectedMessageException noSuchEvent() {
        return new RejectedMessageException(
                ReplyStatus.NO_EVENT,
                new McpException(
                        McpException.INVALID_REQUEST,
                        "This session has nothing to send after that Last-Event-ID. Open the stream without it."));
    }

    /** Ends the session of a client. */
    public void end(IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.fields().first(SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        try {
            var id = storedSession(inbound, principal).session().id();
            sessions.end(id);
            clients.end(id);
            reply.answer(ReplyStatus.ENDED, null);
        } catch (RejectedMessageException rejection) {
            reject("end", rejection, principal, reply);
        }
    }

    /** The revision of that session, or null when there is no session. */
    public @Nullable String version(IncomingMessage inbound, Principal principal) {
        try {
            return caller("the revision", inbound, principal).session().version();
        } catch (RejectedMessageException none) {
            return null;
        }
    }

    /** Ends the session of a closed connection. */
    public void closed(Channel.Connection connection) {
        clients.disconnected(connection);
    }

    /** Notifies subscribed clients that a resource changed. */
    public void updated(String uri) {
        clients.updated(uri);
    }

    /** Ends all stand-alone streams. */
    public void endStreams() {
        clients.endStreams();
    }
}
