package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MalformedMessageException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Event;
import io.breakwater.server.mcp.McpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where all messages of one client cross: ours go out, answers find their requests by id, the server's questions are
 * answered and its notifications handed on, whichever stream brought them.
 */
final class MessageRouter {
    private static final int LARGEST_MESSAGE = 64 << 20;

    private final MessageParser codec = new MessageParser(LARGEST_MESSAGE);
    private final ClientTransport wire;
    private final ProtocolDialect dialect;
    private final @Nullable Function<ServerRequest, Json.Obj> answers;
    private final Consumer<Notification> notices;
    private final Map<RequestId, RequestExchange> open = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong();

    MessageRouter(
            ClientTransport wire,
            ProtocolDialect dialect,
            @Nullable Function<ServerRequest, Json.Obj> answers,
            Consumer<Notification> notices) {
        this.wire = wire;
        this.dialect = dialect;
        this.answers = answers;
        this.notices = notices;
    }

    boolean lasting() {
        return wire.isSession();
    }

    // ---- ours ------------------------------------------------------------------------------------------------------

    /** A request that will be {@linkplain #send sent}. */
    RequestExchange exchange() {
        return new RequestExchange(this, RequestId.of(nextId.incrementAndGet()));
    }

    void send(RequestExchange exchange, String method, Json.Obj params) {
        open.put(exchange.id(), exchange);
        exchange.on(wire.send(dialect.request(exchange.id(), method, params), exchange));
    }

    void say(String method, Json.Obj params) {
        wire.send(dialect.notification(method, params), new Aside());
    }

    /** The client does not want the answer any more; each era has its own way to say so. */
    void cancel(RequestExchange exchange) {
        if (open.remove(exchange.id()) == null) {
            return;
        }
        exchange.answer().cancel(false);
        if (dialect instanceof ModernDialect && !wire.isSession()) {
            exchange.drop();
        } else {
            say(
                    "notifications/cancelled",
                    Json.object()
                            .put("requestId", ProtocolDialect.token(exchange.id()))
                            .build());
        }
    }

    /** Hears what the server says outside any exchange. */
    ClientTransport.Carriage listen() {
        return wire.listen(dialect.fields(), new Aside());
    }

    ClientTransport.Carriage resume(String lastEvent, RequestExchange exchange) {
        var fields = new LinkedHashMap<>(dialect.fields());
        fields.put("Last-Event-ID", lastEvent);
        return wire.listen(fields, exchange);
    }

    // ---- the server's ----------------------------------------------------------------------------------------------

    void session(String id) {
        if (dialect instanceof LegacyDialect legacy) {
            legacy.session(id);
        }
    }

    void take(byte[] bytes, @Nullable RequestExchange from) {
        try {
            take(codec.read(bytes), from);
        } catch (MalformedMessageException malformed) {
            if (from != null) {
                from.fail("what came is no MCP message: " + malformed.getMessage());
            }
        }
    }

    private void take(Message message, @Nullable RequestExchange from) throws MalformedMessageException {
        switch (message) {
            case Message.Response response -> answered(response, from);
            case Message.Notification(var method, var params) ->
                notices.accept(new Notification(method, object(params)));
            case Message.Request request -> answer(request);
            case Message.Batch(var elements) -> {
                for (var element : elements) {
                    take(codec.read(element), from);
                }
            }
        }
    }

    /** An error about a request whose id could not be read belongs to the exchange that brought it. */
    private void answered(Message.Response response, @Nullable RequestExchange from) {
        var id = response.id();
        var exchange = id == null ? from : open.remove(id);
        if (exchange != null) {
            open.remove(exchange.id());
            exchange.answered(response);
        }
    }

    private void answer(Message.Request request) {
        wire.send(new ClientTransport.Outgoing(answered(request), dialect.fields()), new Aside());
    }

    private byte[] answered(Message.Request request) {
        if (request.method().equals("ping")) {
            return MessageWriter.result(request.id(), Json.Obj.EMPTY);
        }
        if (answers == null) {
            return MessageWriter.error(
                    request.id(), McpException.METHOD_NOT_FOUND, "This client answers no " + request.method(), null);
        }
        try {
            var asked = new ServerRequest(request.id().json(), request.method(), object(request.params()));
            return MessageWriter.result(request.id(), answers.apply(asked));
        } catch (RuntimeException refused) {
            return MessageWriter.error(
                    request.id(), McpException.INTERNAL_ERROR, String.valueOf(refused.getMessage()), null);
        }
    }

    private static Json.Obj object(ParsedJson params) {
        return params.json() instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** What comes beside any exchange of ours. */
    private final class Aside implements ClientTransport.Receiver {
        @Override
        public void session(String id) {}

        @Override
        public void event(Event event) {
            if (event.message().length > 0) {
                take(event.message(), null);
            }
        }

        /** A lasting connection that breaks takes everything with it. */
        @Override
        public void closed(@Nullable String reason) {
            if (reason != null && lasting()) {
                open.values().forEach(exchange -> exchange.fail(reason));
            }
        }
    }
}
