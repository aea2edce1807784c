package io.breakwater.bootstrap.client;

import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A server in this process, which is called without a transport. */
public final class InProcessServer implements McpTarget {
    private final McpEndpoint endpoint;
    private final Channel.Connection connection = new Channel.Connection();
    private long lastId;

    /** Creates the client of an endpoint. */
    public InProcessServer(McpEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Json.Obj ask(ServerQuery query) {
        long id = ++lastId;
        var answer = new Answer(id);
        var message = MessageFormat.modern(id, query);
        endpoint.message(new IncomingMessage(message, HeaderFields.NONE, RemotePeer.STDIO, connection), answer);
        try {
            return answer.result.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException known ? known : failed;
        }
    }

    @Override
    public void close() {
        endpoint.closed(connection);
    }

    /** Receives the messages of the server and picks the result. */
    private static final class Answer implements Reply {
        private final CompletableFuture<Json.Obj> result = new CompletableFuture<>();
        private final long id;

        Answer(long id) {
            this.id = id;
        }

        @Override
        public void answer(ReplyStatus status, byte @Nullable [] message) {
            if (message != null) {
                accept(message);
            }
            end();
        }

        @Override
        public void open(ReplyStatus status) {}

        @Override
        public OfferResult offer(Event event) {
            accept(event.message());
            return OfferResult.ACCEPTED;
        }

        @Override
        public void end() {
            result.completeExceptionally(
                    new UnreachableServerException("The server ended the request without an" + " answer.", null));
        }

        @Override
        public void onDisconnect(Runnable action) {}

        private void accept(byte[] message) {
            try {
                var found = MessageFormat.result(message, id);
                if (found != null) {
                    result.complete(found);
                }
            } catch (RemoteErrorException error) {
                result.completeExceptionally(error);
            }
        }
    }
}
