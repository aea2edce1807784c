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
import io.breakwater.core.presentation.protocol.common.ServerIdentity;
import io.breakwater.core.presentation.protocol.legacy.BatchCollector;
import io.breakwater.core.presentation.protocol.legacy.LegacyProtocol;
import io.breakwater.core.presentation.protocol.modern.ModernProtocol;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.mcp.McpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP endpoint of a server. It parses a message, determines its {@link Era} once, and passes it to the
 * implementation of that era.
 */
public final class McpServer implements McpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(McpServer.class);
    private static final int MAX_BATCH_SIZE = 100;

    private final MessageParser parser;
    private final RejectionListener rejectionListener;
    private final ModernProtocol modern;
    private final LegacyProtocol legacy;
    private final ConnectionCalls connections = new ConnectionCalls();

    /** Creates an endpoint for both eras. */
    public McpServer(
            MessageParser parser, RejectionListener rejectionListener, ModernProtocol modern, LegacyProtocol legacy) {
        this.parser = parser;
        this.rejectionListener = rejectionListener;
        this.modern = modern;
        this.legacy = legacy;
    }

    @Override
    public long parsedWeight(byte[] body) {
        return TreeWeight.atMost(body);
    }

    @Override
    public void message(IncomingMessage inbound, Reply reply) {
        var principal = inbound.principal();
        try {
            dispatch(parser.read(inbound.body()), inbound, principal, reply);
        } catch (MalformedMessageException malformed) {
            rejectMalformed(malformed, principal, reply);
        } catch (RuntimeException fault) { // a bug in the server: the transport must not end with it
            LOG.error("A message could not be handled", fault);
            reject(null, "", principal, new McpException(McpException.INTERNAL_ERROR, "Internal error"), reply);
        }
    }

    private void rejectMalformed(MalformedMessageException malformed, Principal principal, Reply reply) {
        var error = new McpException(malformed.code(), String.valueOf(malformed.getMessage()));
        reject(malformed.id(), "", principal, error, reply);
    }

    private void reject(@Nullable RequestId id, String method, Principal principal, McpException error, Reply reply) {
        rejectionListener.onRejected(method, ParsedJson.EMPTY, principal, error);
        reply.answer(
                ReplyStatus.MALFORMED,
                MessageWriter.error(id, error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private void dispatch(Message message, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (message) {
            case Message.Request request -> request(request, inbound, principal, reply);
            case Message.Notification notification -> notification(notification, inbound, principal, reply);
            case Message.Response response -> response(response, inbound, principal, reply);
            case Message.Batch batch -> batch(batch, inbound, principal, reply);
        }
    }

    private void request(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        try {
            dispatchRequest(request, inbound, principal, reply);
        } catch (RuntimeException fault) { // a bug in the server: exceptions of handlers do not arrive here
            LOG.error("A request could not be handled", fault);
            var error = new McpException(McpException.INTERNAL_ERROR, "Internal error");
            rejectionListener.onRejected(request.method(), request.params(), principal, error);
            reply.answer(
                    ReplyStatus.RESULT,
                    MessageWriter.error(request.id(), error.code(), String.valueOf(error.getMessage()), null));
        }
    }

    private void dispatchRequest(Message.Request request, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (Era.of(request.params(), inbound)) {
            case MODERN -> modern.request(request, inbound, principal, calls(inbound), reply);
            case LEGACY -> legacy.request(request, inbound, principal, reply);
            case UNSUPPORTED -> rejectUnsupported(request.id(), request.method(), inbound, principal, reply);
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
            case UNSUPPORTED -> rejectUnsupported(null, notification.method(), inbound, principal, reply);
        }
    }

    /** Cancels a modern call, since a cancellation on a lasting connection need not name its era. */
    private void cancelModern(Message.Notification notification, IncomingMessage inbound) {
        if (inbound.channel() instanceof Channel.Connection) {
            modern.notification(notification, inbound, calls(inbound));
        }
    }

    private void response(Message.Response response, IncomingMessage inbound, Principal principal, Reply reply) {
        switch (Era.of(ParsedJson.EMPTY, inbound)) {
            case MODERN ->
                rejectInvalid(
                        "Responses are not expected: this server requests input with input_required in "
                                + ServerIdentity.MODERN,
                        principal,
                        reply);
            case LEGACY -> legacy.response(response, inbound, principal, reply);
            case UNSUPPORTED -> rejectUnsupported(null, "", inbound, principal, reply);
        }
    }

    private void rejectInvalid(String message, Principal principal, Reply reply) {
        reject(null, "", principal, new McpException(McpException.INVALID_REQUEST, message), reply);
    }

    private void rejectUnsupported(
            @Nullable RequestId id, String method, IncomingMessage inbound, Principal principal, Reply reply) {
        var requested = inbound.fields().first(ServerIdentity.VERSION_FIELD);
        reject(id, method, principal, ModernProtocol.unsupported(requested == null ? "" : requested), reply);
    }

    private @Nullable CancellableCalls calls(IncomingMessage inbound) {
        return inbound.channel() instanceof Channel.Connection connection ? connections.of(connection) : null;
    }

    /** Handles a batch, which only revision 2025-03-26 defines. */
    private void batch(Message.Batch batch, IncomingMessage inbound, Principal principal, Reply reply) {
        Runnable refusal = () -> rejectInvalid(
                "Send one message at a time: arrays are allowed only in sessions of 2025-03-26, with at most "
                        + MAX_BATCH_SIZE + " messages, and without \"initialize\"",
                principal,
                reply);
        var elements = batch.elements();
        if (elements.size() > MAX_BATCH_SIZE || elements.stream().anyMatch(McpServer::isForbiddenInBatch)) {
            refusal.run();
        } else {
            legacy.batch(
                    inbound,
                    principal,
                    reply,
                    collector -> elements.forEach(element -> element(element, inbound, principal, collector)),
                    refusal);
        }
    }

    private void element(ParsedJson element, IncomingMessage inbound, Principal principal, BatchCollector collector) {
        var reply = collector.next();
        try {
            var message = parser.read(element);
            if (message instanceof Message.Request request && !collector.hasRoom()) {
                reject(request.id(), request.method(), principal, BatchCollector.memoryExhausted(), reply);
            } else {
                dispatch(message, inbound, principal, reply);
            }
        } catch (MalformedMessageException malformed) {
            rejectMalformed(malformed, principal, reply);
        }
    }

    private static boolean isForbiddenInBatch(ParsedJson element) {
        var params = element.member("params");
        return "initialize".equals(element.text("method")) || (params != null && ModernProtocol.claimed(params));
    }

    @Override
    public void listen(IncomingMessage inbound, Reply reply) {
        legacy.listen(inbound, inbound.principal(), reply);
    }

    @Override
    public void end(IncomingMessage inbound, Reply reply) {
        legacy.end(inbound, inbound.principal(), reply);
    }

    @Override
    public void closed(Channel.Connection connection) {
        connections.closed(connection);
        modern.closed(connection);
        legacy.closed(connection);
    }
}
