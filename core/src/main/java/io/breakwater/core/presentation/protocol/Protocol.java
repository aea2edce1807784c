package io.breakwater.core.presentation.protocol;

import io.breakwater.core.business.access.Principal;
import io.breakwater.core.presentation.call.Connections;
import io.breakwater.core.presentation.call.InFlight;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.json.Codec;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.presentation.json.Envelope;
import io.breakwater.core.presentation.json.MalformedMessage;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.protocol.legacy.LegacyWire;
import io.breakwater.core.presentation.protocol.modern.ModernWire;
import io.breakwater.core.presentation.server.Identity;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.Disposition;
import io.breakwater.port.driving.Inbound;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Reply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MCP endpoint of a server. It parses a message, decides once which {@link Era} it belongs to, and hands it to that
 * era's wire; nothing behind it looks back.
 */
public final class Protocol implements McpEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);
    private static final int MOST_IN_A_BATCH = 100;

    private final Codec codec;
    private final ModernWire modern;
    private final LegacyWire legacy;
    private final Connections connections = new Connections();

    /** An endpoint that speaks both. */
    public Protocol(Codec codec, ModernWire modern, LegacyWire legacy) {
        this.codec = codec;
        this.modern = modern;
        this.legacy = legacy;
    }

    @Override
    public void message(Inbound inbound, Reply reply) {
        try {
            take(codec.read(inbound.body()), inbound, reply);
        } catch (MalformedMessage malformed) {
            reply.answer(Disposition.MALFORMED, error(malformed));
        }
    }

    private static byte[] error(MalformedMessage malformed) {
        return Envelope.error(malformed.id(), malformed.code(), String.valueOf(malformed.getMessage()), null);
    }

    private void take(Message message, Inbound inbound, Reply reply) {
        switch (message) {
            case Message.Request request -> request(request, inbound, reply);
            case Message.Notification notification -> notification(notification, inbound, reply);
            case Message.Response response -> response(response, inbound, reply);
            case Message.Batch batch -> batch(batch, inbound, reply);
        }
    }

    private void request(Message.Request request, Inbound inbound, Reply reply) {
        try {
            hand(request, inbound, reply);
        } catch (RuntimeException fault) { // a fault of ours: what handlers throw never comes here
            LOG.error("A request could not be handled", fault);
            reply.answer(
                    Disposition.ANSWER, Envelope.error(request.id(), McpError.INTERNAL_ERROR, "Internal error", null));
        }
    }

    private void hand(Message.Request request, Inbound inbound, Reply reply) {
        switch (Era.of(request.params(), inbound)) {
            case MODERN -> modern.request(request, inbound, Principal.ANONYMOUS, calls(inbound), reply);
            case LEGACY -> legacy.request(request, inbound, Principal.ANONYMOUS, reply);
            case UNSUPPORTED -> unsupported(request.id(), inbound, reply);
        }
    }

    private void notification(Message.Notification notification, Inbound inbound, Reply reply) {
        switch (Era.of(notification.params(), inbound)) {
            case MODERN -> {
                modern.notification(notification, inbound, calls(inbound));
                reply.answer(Disposition.ACCEPTED, null);
            }
            case LEGACY -> {
                cancelModern(notification, inbound);
                legacy.notification(notification, inbound, Principal.ANONYMOUS, reply);
            }
            case UNSUPPORTED -> unsupported(null, inbound, reply);
        }
    }

    /** On a lasting connection a cancellation need not say its era: ids tell. */
    private void cancelModern(Message.Notification notification, Inbound inbound) {
        if (inbound.channel() instanceof Channel.Connection) {
            modern.notification(notification, inbound, calls(inbound));
        }
    }

    private void response(Message.Response response, Inbound inbound, Reply reply) {
        switch (Era.of(Document.EMPTY, inbound)) {
            case MODERN ->
                invalid(
                        "A response answers nothing here: this server asks by input_required in " + Identity.MODERN,
                        reply);
            case LEGACY -> legacy.response(response, inbound, Principal.ANONYMOUS, reply);
            case UNSUPPORTED -> unsupported(null, inbound, reply);
        }
    }

    private static void invalid(String message, Reply reply) {
        reply.answer(Disposition.MALFORMED, Envelope.error(null, McpError.INVALID_REQUEST, message, null));
    }

    private static void unsupported(@Nullable RequestId id, Inbound inbound, Reply reply) {
        var asked = inbound.fields().first(Era.VERSION);
        var error = ModernWire.unsupported(asked == null ? "" : asked);
        reply.answer(
                Disposition.MALFORMED,
                Envelope.error(id, error.code(), String.valueOf(error.getMessage()), error.data()));
    }

    private @Nullable InFlight calls(Inbound inbound) {
        return inbound.channel() instanceof Channel.Connection connection ? connections.of(connection) : null;
    }

    /** Several messages at once exist in 2025-03-26 alone, and there only because that revision demands it. */
    private void batch(Message.Batch batch, Inbound inbound, Reply reply) {
        boolean allowed = batch.elements().size() <= MOST_IN_A_BATCH
                && batch.elements().stream().noneMatch(Protocol::standsAlone)
                && "2025-03-26".equals(legacy.version(inbound, Principal.ANONYMOUS));
        if (!allowed) {
            invalid(
                    "Send one message at a time: arrays exist only in sessions of 2025-03-26, with at most "
                            + MOST_IN_A_BATCH + " messages, and without \"initialize\"",
                    reply);
            return;
        }
        var answers = new BatchReply(reply);
        for (var element : batch.elements()) {
            var each = answers.next();
            try {
                take(codec.read(element), inbound, each);
            } catch (MalformedMessage malformed) {
                each.answer(Disposition.MALFORMED, error(malformed));
            }
        }
        answers.complete();
    }

    private static boolean standsAlone(Document element) {
        var params = element.member("params");
        return "initialize".equals(element.text("method")) || (params != null && ModernWire.claimed(params));
    }

    @Override
    public void listen(Inbound inbound, Reply reply) {
        legacy.listen(inbound, Principal.ANONYMOUS, reply);
    }

    @Override
    public void end(Inbound inbound, Reply reply) {
        legacy.end(inbound, Principal.ANONYMOUS, reply);
    }

    @Override
    public void closed(Channel.Connection connection) {
        connections.closed(connection);
        modern.closed(connection);
        legacy.closed(connection);
    }
}
