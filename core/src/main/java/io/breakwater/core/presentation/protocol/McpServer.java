package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.call.CancellableCalls;
import io.breakwater.core.presentation.call.ConnectionCalls;
import io.breakwater.core.presentation.call.RejectionListener;
import io.breakwater.core.presentation.json.MalformedMessageException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.json.TreeWeight;
import io.breakwater.core.presentation.protocol.legacy.BatchCollector;
import io.breakwater.core.presentation.protocol.legacy.LegacyProtocol;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.core.presentation.server.ServerIdentity;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.interceptor.Authenticator;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP endpoint of a server. It parses a message, decides once which {@link Era} it belongs to, and hands it to that
 * era's wire; nothing behind it looks back.
 */
public final class McpServer implements McpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final int MOST_IN_A_BATCH = 100;

    private final MessageParser codec;
    private final Authenticator identification;
    private final RejectionListener turnedAway;
    private final ModernProtocol modern;
    private final LegacyProtocol legacy;
    private final ConnectionCalls connections = new ConnectionCalls();

    /** An endpoint that speaks both. */
    public McpServer(
            MessageParser codec,
            Authenticator identification,
            RejectionListener turnedAway,
            ModernProtocol modern,
            LegacyProtocol legacy) {
        this.codec = codec;
        this.identification = identification;
        this.turnedAway = turnedAway;
        this.modern = modern;
        this.legacy = legacy;
    }

    @Override
    public long parsedWeight(byte[] body) {
        return TreeWeight.atMost(body);
    }

    @Override
    public void message(IncomingMessage inbound, Reply reply) {
        var principal = principal(inbound, reply);
        if (principal == null) {
            return;
        }
        try {
            take(codec.read(inbound.body()), inbound, principal, reply);
        } catch (MalformedMessageException malformed) {
            malformed(malformed, principal, reply);
        }
    }

    /**
     * Who asks, before anything is read: the same for every way in. Null when that cannot be told: then it is answered.
     */
    private @Nullable Principal principal(IncomingMessage inbound, Reply reply) {
        try {
            return identification.authenticate(inbound);
        } catch (RuntimeException fault) {
            LOG.warn("A message was turned away: nobody could tell from whom it comes", fault);
            reply.answer(new ReplyStatus.Forbidden(null), null);
            return null;
        }
    }

    private void malformed(MalformedMessageException malformed, Principal principal, Reply reply) {
        var error = new McpException(malformed.code(), String.valueOf(malformed.getMessage()));
        turnAway(malformed.id(), "", principal, error, reply);
    }

    private void turnAway(@Nullable RequestId id, String method, Principal principal, McpException error, Reply reply) {
        turnedAway.note(method, ParsedJson.EMPTY, principal, error);
        reply.answer(
                ReplyStatus.MALFORMED,
                MessageWriter.error(id, error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private void take(Message message, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (message) {
            case Message.Request request -> request(request, inbound, principal, reply);
            case Message.Notification notification -> notification(notification, inbound, principal, reply);
            case Message.Response response -> response(response, inbound, principal, reply);
            case Message.Batch batch -> batch(batch, inbound, principal, reply);
        }
    }

    private void request(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            hand(request, inbound, principal, reply);
        } catch (RuntimeException fault) { // a fault of ours: what handlers throw never comes here
            LOG.error("A request could not be handled", fault);
            var error = new McpException(McpException.INTERNAL_ERROR, "Internal error");
            turnedAway.note(request.method(), request.params(), principal, error);
            reply.answer(
                    ReplyStatus.ANSWER,
                    MessageWriter.error(request.id(), error.code(), String.valueOf(error.getMessage()), null));
        }
    }

    private void hand(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (Era.of(request.params(), inbound)) {
            case MODERN -> modern.request(request, inbound, principal, calls(inbound), reply);
            case LEGACY -> legacy.request(request, inbound, principal, reply);
            case UNSUPPORTED -> unsupported(request.id(), request.method(), inbound, principal, reply);
        }
    }

    private void notification(
            Message.Notification notification, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (Era.of(notification.params(), inbound)) {
            case MODERN -> {
                modern.notification(notification, inbound, calls(inbound));
                reply.answer(ReplyStatus.ACCEPTED, null);
            }
            case LEGACY -> {
                cancelModern(notification, inbound);
                legacy.notification(notification, inbound, principal, reply);
            }
            case UNSUPPORTED -> unsupported(null, notification.method(), inbound, principal, reply);
        }
    }

    /** On a lasting connection a cancellation need not say its era: ids tell. */
    private void cancelModern(Message.Notification notification, IncomingMessage inbound) {
        if (inbound.channel() instanceof Channel.Connection) {
            modern.notification(notification, inbound, calls(inbound));
        }
    }

    private void response(Message.Response response, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (Era.of(ParsedJson.EMPTY, inbound)) {
            case MODERN ->
                invalid(
                        "A response answers nothing here: this server asks by input_required in "
                                + ServerIdentity.MODERN,
                        principal,
                        reply);
            case LEGACY -> legacy.response(response, inbound, principal, reply);
            case UNSUPPORTED -> unsupported(null, "", inbound, principal, reply);
        }
    }

    private void invalid(String message, Principal principal, Reply reply) {
        turnAway(null, "", principal, new McpException(McpException.INVALID_REQUEST, message), reply);
    }

    private void unsupported(
            @Nullable RequestId id, String method, IncomingMessage inbound, Principal principal, Reply reply) {
        var asked = inbound.fields().first(Era.VERSION);
        turnAway(id, method, principal, ModernProtocol.unsupported(asked == null ? "" : asked), reply);
    }

    private @Nullable CancellableCalls calls(IncomingMessage inbound) {
        return inbound.channel() instanceof Channel.Connection connection ? connections.of(connection) : null;
    }

    /** Several messages at once exist in 2025-03-26 alone, and there only because that revision demands it. */
    private void batch(Message.Batch batch, IncomingMessage inbound, Principal principal, Reply reply) {
        boolean allowed = batch.elements().size() <= MOST_IN_A_BATCH
                && batch.elements().stream().noneMatch(McpServer::standsAlone)
                && "2025-03-26".equals(legacy.version(inbound, principal));
        if (!allowed) {
            invalid(
                    "Send one message at a time: arrays exist only in sessions of 2025-03-26, with at most "
                            + MOST_IN_A_BATCH + " messages, and without \"initialize\"",
                    principal,
                    reply);
            return;
        }
        var answers = new BatchCollector(inbound, reply);
        for (var element : batch.elements()) {
            element(element, inbound, principal, answers);
        }
        answers.complete();
    }

    private void element(ParsedJson element, IncomingMessage inbound, Principal principal, BatchCollector answers) {
        var reply = answers.next();
        try {
            var message = codec.read(element);
            if (message instanceof Message.Request request && !answers.hasRoom()) {
                turnAway(request.id(), request.method(), principal, BatchCollector.noRoom(), reply);
            } else {
                take(message, inbound, principal, reply);
            }
        } catch (MalformedMessageException malformed) {
            malformed(malformed, principal, reply);
        }
    }

    private static boolean standsAlone(ParsedJson element) {
        var params = element.member("params");
        return "initialize".equals(element.text("method")) || (params != null && ModernProtocol.claimed(params));
    }

    @Override
    public void listen(IncomingMessage inbound, Reply reply) {
        var principal = principal(inbound, reply);
        if (principal != null) {
            legacy.listen(inbound, principal, reply);
        }
    }

    @Override
    public void end(IncomingMessage inbound, Reply reply) {
        var principal = principal(inbound, reply);
        if (principal != null) {
            legacy.end(inbound, principal, reply);
        }
    }

    @Override
    public void closed(Channel.Connection connection) {
        connections.closed(connection);
        modern.closed(connection);
        legacy.closed(connection);
    }
}
