package io.breakwater.server.client;

import io.breakwater.core.presentation.json.MalformedMessageException;
import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.MessageParser;
import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.server.mcp.McpException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Routes all messages of one client: sends requests, assigns responses to them by id, responds to requests of the
 * server and passes on its notifications, whichever stream carries them.
 */
final class MessageRouter {
    private static final int MAX_MESSAGE = 64 << 20;

    private final MessageParser parser = new MessageParser(MAX_MESSAGE);
    private final ClientTransport transport;
    private final ProtocolDialect dialect;
    private final @Nullable Function<ServerRequest, Json.Obj> responder;
    private final Consumer<Notification> notificationListener;
    private final Map<RequestId, RequestExchange> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId;

    MessageRouter(
            ClientTransport transport,
            ProtocolDialect dialect,
            @Nullable Function<ServerRequest, Json.Obj> responder,
            Consumer<Notification> notificationListener,
            AtomicLong lastId) {
        this.transport = transport;
        this.dialect = dialect;
        this.responder = responder;
        this.notificationListener = notificationListener;
        this.lastId = lastId;
    }

    boolean isSession() {
        return transport.isSession();
    }

    // ---- requests of the client -------------------------------------------------------------------------------------

    /** Creates the exchange for a request, which {@link #send} sends. */
    RequestExchange exchange() {
        return new RequestExchange(this, RequestId.of(lastId.incrementAndGet()));
    }

    void send(RequestExchange exchange, String method, Json.Obj params) {
        pending.put(exchange.id(), exchange);
        exchange.attach(transport.send(dialect.request(exchange.id(), method, params), exchange));
    }

    /** Sends a notification; the future completes when its exchange has ended. */
    CompletableFuture<Void> sendNotification(String method, Json.Obj params) {
        var receiver = new UnsolicitedReceiver();
        transport.send(dialect.notification(method, params), receiver);
        return receiver.ended;
    }

    /** Cancels a request, in the way of its era. */
    void cancel(RequestExchange exchange) {
        if (pending.remove(exchange.id()) == null) {
            return;
        }
        exchange.response().cancel(false);
        if (dialect instanceof ModernDialect && !transport.isSession()) {
            exchange.abort();
        } else {
            var unused = sendNotification(
                    "notifications/cancelled",
                    Json.object()
                            .put("requestId", ProtocolDialect.progressToken(exchange.id()))
                            .build());
        }
    }

    /** Opens the stream for messages that the server sends outside any exchange. */
    ClientTransport.TransportExchange listen() {
        return transport.listen(dialect.headerFields(), new UnsolicitedReceiver());
    }

    ClientTransport.TransportExchange resume(String lastEvent, RequestExchange exchange) {
        var fields = new LinkedHashMap<>(dialect.headerFields());
        fields.put("Last-Event-ID", lastEvent);
        return transport.listen(fields, exchange);
    }

    // ---- messages of the server -------------------------------------------------------------------------------------

    void session(String id) {
        if (dialect instanceof LegacyDialect legacy) {
            legacy.session(id);
        }
    }

    void receive(byte[] bytes, @Nullable RequestExchange origin) {
        try {
            receive(parser.read(bytes), origin);
        } catch (MalformedMessageException malformed) {
            if (origin != null) {
                origin.receivedMalformed(malformed);
            }
        }
    }

    private void receive(Message message, @Nullable RequestExchange origin) throws MalformedMessageException {
        switch (message) {
            case Message.Response response -> completeResponse(response, origin);
            case Message.Notification(var method, var params) ->
                notificationListener.accept(new Notification(method, object(params)));
            case Message.Request request -> respond(request);
            case Message.Batch(var elements) -> {
                for (var element : elements) {
                    receive(parser.read(element), origin);
                }
            }
        }
    }

    /** Completes an exchange; an error response without an id belongs to the exchange that carried it. */
    private void completeResponse(Message.Response response, @Nullable RequestExchange origin) {
        var id = response.id();
        var exchange = id == null ? origin : pending.remove(id);
        if (exchange != null) {
            pending.remove(exchange.id());
            exchange.complete(response);
        }
    }

    private void respond(Message.Request request) {
        transport.send(
                new ClientTransport.OutgoingMessage(completeResponse(request), dialect.headerFields()),
                new UnsolicitedReceiver());
    }

    private byte[] completeResponse(Message.Request request) {
        if (request.method().equals("ping")) {
            return MessageWriter.result(request.id(), Json.Obj.EMPTY);
        }
        if (responder == null) {
            return MessageWriter.error(
                    request.id(),
                    McpException.METHOD_NOT_FOUND,
                    "This client does not support " + request.method(),
                    null);
        }
        try {
            var serverRequest = new ServerRequest(request.id().json(), request.method(), object(request.params()));
            return MessageWriter.result(request.id(), responder.apply(serverRequest));
        } catch (RuntimeException failure) {
            return MessageWriter.error(
                    request.id(), McpException.INTERNAL_ERROR, String.valueOf(failure.getMessage()), null);
        }
    }

    private static Json.Obj object(ParsedJson params) {
        return params.json() instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** Receives the messages that belong to no exchange of this client. */
    private final class UnsolicitedReceiver implements ClientTransport.Receiver {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        @Override
        public void session(String id) {}

        @Override
        public void event(Event event) {
            if (event.message().length > 0) {
                receive(event.message(), null);
            }
        }

        /** Fails all exchanges when a lasting connection breaks. */
        @Override
        public void closed(@Nullable PortException failure) {
            ended.complete(null);
            if (failure instanceof PortException.UnavailableException && isSession()) {
                pending.values().forEach(exchange -> exchange.fail(failure));
            }
        }
    }
}
