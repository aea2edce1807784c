package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.business.session.EventLog;
import io.breakwater.core.business.session.SessionService;
import io.breakwater.core.presentation.call.RefusalMapping;
import io.breakwater.core.presentation.call.RejectedMessageException;
import io.breakwater.core.presentation.call.StoreAccess;
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.port.CallContext;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.Sessions.Session;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resolves the caller of a legacy message. The session of a lasting connection is local, so its messages continue on
 * their thread and in their order. A session over HTTP is in a store: if a store may block, the message continues on a
 * virtual thread.
 */
@OutageBehavior(
        guard = "sessions",
        dependency = GuardDependency.SESSION_STORE,
        failure = "down",
        effect = OutageEffect.DENY,
        behavior = "Every message of a session gets 503 and `Retry-After`.",
        recovery = "Sessions continue when the store answers.",
        signal = "`mcp_errors_total`",
        details = "embedding.md#builders")
final class CallerResolver {
    static final String SESSION_ID = "Mcp-Session-Id";
    static final int NO_SUCH_SESSION = -32001;
    private static final Logger LOG = LoggerFactory.getLogger(CallerResolver.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final SessionService sessions;
    private final EventLog events;
    private final LegacyClients clients;
    private final StoreAccess access;

    CallerResolver(SessionService sessions, EventLog events, LegacyClients clients, StoreAccess access) {
        this.sessions = sessions;
        this.events = events;
        this.clients = clients;
        this.access = access;
    }

    /** The handling of a message whose caller is known. It may access the stores with this context. */
    @FunctionalInterface
    interface Continuation {
        void run(LegacyCaller caller, CallContext context) throws RejectedMessageException;
    }

    /** Continues with the caller of a message, now or later, or rejects the message. */
    void resolve(LegacyMessage message, Continuation next) {
        message.attempt(() -> {
            if (message.reply() instanceof BatchCollector.Part part) {
                next.run(part.caller(), access.context());
            } else if (message.inbound().channel() instanceof Channel.Connection connection) {
                next.run(connected(message.method(), connection), access.context());
            } else {
                resolveStored(message, sessionId(message.inbound()), next);
            }
        });
    }

    private LegacyCaller connected(String method, Channel.Connection connection) throws RejectedMessageException {
        var caller = clients.connected(connection);
        if (caller != null) {
            return caller;
        }
        if (method.equals("ping")) { // the only request that is allowed before initialize
            return new LegacyCaller.ConnectedCaller(new LegacyClient("", events, access), Session.uninitialized());
        }
        throw RejectedMessageException.malformed(
                McpException.INVALID_REQUEST,
                "Begin with \"initialize\", or send every request with the _meta of " + ServerIdentity.MODERN
                        + ". Supported protocol versions: " + String.join(", ", ServerIdentity.ALL));
    }

    private static String sessionId(IncomingMessage inbound) throws RejectedMessageException {
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
        return id;
    }

    // ---- stored sessions --------------------------------------------------------------------------------------------

    private void resolveStored(LegacyMessage message, String id, Continuation next) throws RejectedMessageException {
        if (access.mayBlock()) {
            switchThread(message, id, next);
        } else {
            var context = access.context();
            next.run(stored(id, message.principal(), context), context);
        }
    }

    private void switchThread(LegacyMessage message, String id, Continuation next) throws RejectedMessageException {
        var memory = message.inbound().memory();
        memory.retain();
        try {
            access.executor().execute(() -> {
                try {
                    resolveOffLoop(message, id, next);
                } finally {
                    memory.release();
                }
            });
        } catch (RejectedExecutionException closed) {
            memory.release();
            throw RefusalMapping.rejection(Refusal.of(ErrorCode.OVERLOADED, "The server is busy; try again soon.")
                    .withRetryAfter(SOON));
        }
    }

    private void resolveOffLoop(LegacyMessage message, String id, Continuation next) {
        try {
            message.attempt(() -> {
                var context = access.context();
                next.run(stored(id, message.principal(), context), context);
            });
        } catch (RuntimeException fault) {
            LOG.error("A message could not be handled", fault);
            message.rejector()
                    .accept(new RejectedMessageException(
                            ReplyStatus.RESULT, new McpException(McpException.INTERNAL_ERROR, "Internal error")));
        }
    }

    private LegacyCaller stored(String id, Principal principal, CallContext context) throws RejectedMessageException {
        var session = session(id, principal, context);
        var found = clients.find(id);
        var client = found == null ? newClient(id, principal, context) : found;
        return new LegacyCaller.StoredCaller(sessions, session, client);
    }

    private Session session(String id, Principal principal, CallContext context) throws RejectedMessageException {
        return sessions.find(id, principal.id(), context)
                .orElseThrow(() -> new RejectedMessageException(
                        ReplyStatus.NO_SESSION,
                        new McpException(NO_SUCH_SESSION, "Session not found: begin again with \"initialize\"")));
    }

    /** Creates the state of a session and checks the session again, since it may have ended meanwhile. */
    private LegacyClient newClient(String id, Principal principal, CallContext context)
            throws RejectedMessageException {
        var client = clients.findOrCreate(id);
        try {
            session(id, principal, context);
        } catch (RejectedMessageException ended) {
            clients.end(id);
            throw ended;
        }
        return client;
    }
}
