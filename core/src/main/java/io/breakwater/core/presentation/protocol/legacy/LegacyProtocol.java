package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.call.CallRuntime;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.call.ResponseEmitter;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.UnknownTargetException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.method.ToolServices;
import io.breakwater.core.presentation.protocol.common.CredentialWatch;
import io.breakwater.core.presentation.protocol.common.ProtocolSettings;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.core.presentation.protocol.common.WatchedReply;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The legacy era, in which a client begins with {@code initialize}. Over HTTP, {@code Mcp-Session-Id} identifies a
 * session, which belongs to the principal that opened it; a lasting connection has one session, which ends with it.
 * Sessions are in a store; {@link CallerResolver} says on which thread a message continues.
 */
public final class LegacyProtocol {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final String BATCH_VERSION = "2025-03-26";

    private final CallRuntime runtime;
    private final SessionService sessions;
    private final EventLog events;
    private final StoreAccess access;
    private final CredentialWatch credentials;
    private final LegacyMethods methods;
    private final InitializeMethod initializeMethod;
    private final LegacyClients clients;
    private final CallerResolver callers;

    /** Creates the protocol for that catalog. */
    public LegacyProtocol(
            CallRuntime runtime,
            CatalogAccess catalog,
            ServerIdentity identity,
            ProtocolSettings settings,
            ToolServices services,
            SessionService sessions,
            EventLog events) {
        this.runtime = runtime;
        this.sessions = sessions;
        this.events = events;
        this.access = new StoreAccess(runtime, sessions.mayBlock() || events.mayBlock());
        this.credentials = new CredentialWatch(runtime.executors());
        this.methods = new LegacyMethods(catalog, settings, services);
        this.initializeMethod = new InitializeMethod(identity, catalog.registry());
        this.clients = new LegacyClients(catalog, sessions, events, access);
        this.callers = new CallerResolver(sessions, events, clients, access);
        catalog.registry().onChange(clients::changed);
        runtime.executors().scheduleRepeatedly(clients.sweepInterval(), clients::sweep);
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    /** Handles a request. */
    public void request(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        var message = new LegacyMessage(
                request.method(),
                inbound,
                principal,
                reply,
                rejection -> rejectRequest(request, principal, rejection, reply));
        if (request.method().equals("initialize")) {
            message.attempt(() -> initialize(request, inbound, principal, reply));
        } else {
            callers.resolve(message, (caller, context) -> call(request, caller, inbound, principal, reply));
        }
    }

    private void rejectRequest(
            Message.Request request, Principal principal, RejectedMessageException rejection, Reply reply) {
        var error = rejection.error();
        runtime.rejectionListener().onRejected(request.method(), request.params(), principal, error);
        reply.answer(
                rejection.replyStatus(),
                MessageWriter.error(request.id(), error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private void call(
            Message.Request request, LegacyCaller caller, IncomingMessage inbound, Principal principal, Reply reply)
            throws RejectedMessageException {
        var prepared = prepare(request, caller, principal);
        var emitter = emitter(request, caller, inbound.channel(), reply);
        var call = new LegacyCall(runtime, request, inbound, principal, prepared, caller, emitter, access);
        caller.client().calls().start(call);
        call.retainMemory();
    }

    private PreparedMethod prepare(Message.Request request, LegacyCaller caller, Principal principal)
            throws RejectedMessageException {
        try {
            return methods.prepare(request.method(), request.params(), caller, principal);
        } catch (UnknownTargetException unknown) {
            throw new RejectedMessageException(ReplyStatus.RESULT, unknown.refuse(runtime.nextRequestId()));
        }
    }

    private ResponseEmitter emitter(Message.Request request, LegacyCaller caller, Channel channel, Reply reply) {
        if (channel instanceof Channel.Connection || reply instanceof BatchCollector.Part) {
            return new ResponseEmitter(reply);
        }
        var session = caller.session();
        boolean priming = session.version().compareTo("2025-11-25") >= 0;
        return new ResumableEmitter(reply, events, caller.client(), request, priming, access);
    }

    private void initialize(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        var session = initializeMethod.session(
                request.params(), principal.id(), runtime.executors().clock().instant());
        var caller = new LegacyCaller.ConnectedCaller(new LegacyClient(session.id(), events, access), session);
        caller.client().setPrincipal(principal);
        var handler = switch (inbound.channel()) {
            case Channel.Connection connection -> connect(connection, caller);
            case Channel.Exchange ignored -> access.handler(call -> open(session, call.context()));
        };
        var emitter = new ResponseEmitter(reply);
        var call = new LegacyCall(
                runtime, request, inbound, principal, PreparedMethod.of(handler), caller, emitter, access);
        if (inbound.channel() instanceof Channel.Exchange) {
            call.answersWithSession(session.id());
        }
        call.start();
        call.retainMemory();
    }

    private MethodHandler connect(Channel.Connection connection, LegacyCaller.ConnectedCaller caller) {
        return MethodHandler.inline(call -> {
            clients.connect(connection, caller);
            return new Outcome.Value(initializeMethod.result(caller.session()));
        });
    }

    private Outcome open(Session session, CallContext context) {
        return sessions.open(session, context)
                ? new Outcome.Value(initializeMethod.result(session))
                : Refusal.of(ErrorCode.OVERLOADED, "The limit on sessions is reached; try again later.")
                        .withRetryAfter(RETRY_AFTER);
    }

    /** The methods of this era, without {@code initialize}. */
    public Set<String> methods() {
        return methods.names();
    }

    // ---- other messages ---------------------------------------------------------------------------------------------

    /** Handles a notification. */
    public void notification(
            Message.Notification notification, IncomingMessage inbound, Principal principal, Reply reply) {
        callers.resolve(unanswered(notification.method(), inbound, principal, reply), (caller, context) -> {
            switch (notification.method()) {
                case "notifications/initialized" -> caller.change(Session::asInitialized, context);
                case "notifications/cancelled" ->
                    caller.client().calls().cancel(notification.params().requestId("requestId"));
                default -> {}
            }
            reply.answer(ReplyStatus.ACCEPTED, null);
        });
    }

    /** Handles the response to a client request. */
    public void response(Message.Response response, IncomingMessage inbound, Principal principal, Reply reply) {
        callers.resolve(unanswered("", inbound, principal, reply), (caller, context) -> {
            caller.client().completeRequest(response);
            reply.answer(ReplyStatus.ACCEPTED, null);
        });
    }

    /** Returns a message that is rejected with a status over HTTP, and without a reply on a connection. */
    private LegacyMessage unanswered(String method, IncomingMessage inbound, Principal principal, Reply reply) {
        return new LegacyMessage(method, inbound, principal, reply, rejection -> {
            if (inbound.channel() instanceof Channel.Connection) {
                reply.answer(ReplyStatus.ACCEPTED, null);
            } else {
                reject(method, rejection, principal, reply);
            }
        });
    }

    private void reject(String method, RejectedMessageException rejection, Principal principal, Reply reply) {
        var error = rejection.error();
        runtime.rejectionListener().onRejected(method, ParsedJson.EMPTY, principal, error);
        reply.answer(
                rejection.replyStatus(),
                MessageWriter.error(null, error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    /**
     * Handles a batch, which only revision 2025-03-26 defines. The session is resolved once, and the elements are
     * handled in their order.
     *
     * @param elements handles the elements, whose responses the collector sends
     * @param refusal replies to a batch outside a session of that revision
     */
    public void batch(
            IncomingMessage inbound,
            Principal principal,
            Reply reply,
            Consumer<BatchCollector> elements,
            Runnable refusal) {
        var message = new LegacyMessage("", inbound, principal, reply, rejection -> {
            switch (rejection.replyStatus()) {
                case ReplyStatus.Malformed ignored -> refusal.run();
                case ReplyStatus.NoSession ignored -> refusal.run();
                default -> reject("", rejection, principal, reply);
            }
        });
        callers.resolve(message, (caller, context) -> {
            if (caller.session().version().equals(BATCH_VERSION)) {
                var collector = new BatchCollector(caller, inbound, reply);
                elements.accept(collector);
                collector.complete();
            } else {
                refusal.run();
            }
        });
    }

    // ---- streams and the end of a session ---------------------------------------------------------------------------

    /** Opens the stand-alone stream of a client, or resumes an interrupted stream. */
    public void listen(IncomingMessage inbound, Principal principal, Reply unlimited) {
        if (inbound.channel() instanceof Channel.Connection connection) {
            clients.addStream(connection, unlimited);
            return;
        }
        var reply = WatchedReply.of(unlimited, inbound.sender(), credentials);
        if (inbound.fields().first(CallerResolver.SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        var disconnected = new AtomicBoolean();
        reply.onDisconnect(() -> disconnected.set(true));
        callers.resolve(exchange("listen", inbound, principal, reply), (caller, context) -> {
            if (!disconnected.get()) { // otherwise it would replace the stream with which the client has reconnected
                attach(caller.client(), inbound.fields().first("Last-Event-ID"), principal, reply, context);
            }
        });
    }

    private LegacyMessage exchange(String action, IncomingMessage inbound, Principal principal, Reply reply) {
        return new LegacyMessage(
                action, inbound, principal, reply, rejection -> reject(action, rejection, principal, reply));
    }

    private void attach(
            LegacyClient client, @Nullable String lastEvent, Principal principal, Reply reply, CallContext context)
            throws RejectedMessageException {
        if (lastEvent == null) {
            client.standaloneStream().attach(reply, principal);
        } else {
            var requestId = runtime.nextRequestId();
            var event = EventId.of(lastEvent).filter(each -> clients.mayResume(each.stream(), principal, requestId));
            if (event.isEmpty() || !resume(client, event.get(), principal, reply, context)) {
                throw noSuchEvent(requestId);
            }
        }
        clients.addStream(client);
    }

    /** Resumes a stream; false if the client has no such event. */
    private boolean resume(LegacyClient client, EventId event, Principal principal, Reply reply, CallContext context) {
        if (event.stream().equals(StandaloneStream.NAME)) {
            return client.standaloneStream()
                    .resume(reply, principal, event.number(), clients.updatesFor(principal), context);
        }
        var live = client.stream(event.stream());
        var stream = live == null ? new ReplayedStream(events, client.id(), event.stream()) : live;
        return stream.resume(reply, event.number(), context);
    }

    private static RejectedMessageException noSuchEvent(String requestId) {
        return new RejectedMessageException(
                ReplyStatus.NO_EVENT,
                new McpException(
                        McpException.INVALID_REQUEST,
                        "This session has nothing to send after that Last-Event-ID. Open the stream without it.",
                        Json.object().put("requestId", requestId).build()));
    }

    /** Ends the session of a client. */
    public void end(IncomingMessage inbound, Principal principal, Reply reply) {
        if (inbound.fields().first(CallerResolver.SESSION_ID) == null) {
            reply.answer(ReplyStatus.NOT_ALLOWED, null);
            return;
        }
        callers.resolve(exchange("end", inbound, principal, reply), (caller, context) -> {
            var id = caller.session().id();
            sessions.end(id, context);
            clients.end(id);
            reply.answer(ReplyStatus.ENDED, null);
        });
    }

    /** Ends a session for an administrator; returns false if it was not open. May block. */
    public boolean end(String session, CallContext context) {
        boolean wasOpen = sessions.end(session, context);
        clients.end(session);
        return wasOpen;
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
