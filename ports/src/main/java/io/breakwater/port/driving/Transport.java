package io.breakwater.port.driving;

import io.breakwater.port.MetricSink;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.Dependency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A way for clients to reach the server: HTTP, stdio, or your own. The server calls {@link #start},
 * {@link #startGracefulShutdown}, {@link #drain} and {@link #stop}, in this order; all but the first are optional, and
 * repeated calls have no effect.
 *
 * <p>To test an implementation, extend {@code TransportContract} of the testkit.
 */
public interface Transport {

    /**
     * Starts to accept messages; returns when clients can connect.
     *
     * @throws io.breakwater.port.PortException.RefusedException when it cannot start, for example because the port is
     *     in use; the message says what to do
     * @throws IllegalStateException when it was started before: a transport serves one server, once
     */
    void start(Host host);

    /**
     * Starts a graceful shutdown: asks clients in every response to connect elsewhere (HTTP: {@code Connection: close}
     * or GOAWAY), but still accepts new connections, because load balancers notice a shutdown late. Returns at once.
     */
    void startGracefulShutdown();

    /**
     * Starts a graceful shutdown if it has not started, and accepts no new connections. Accepted messages are still
     * handled. Returns at once.
     */
    void drain();

    /**
     * Waits at most {@code grace} until all accepted messages have their responses sent, then closes all connections.
     *
     * @return true when no accepted message was lost
     */
    boolean stop(Duration grace);

    /**
     * Completes when the client has ended the input (stdio: end of input), so that no message can arrive any more;
     * completes exceptionally with a {@link io.breakwater.port.PortException} when the connection broke.
     */
    CompletionStage<Void> ended();

    /** The dependencies of the transport, for the health report; known after {@link #start}. */
    default List<Dependency> dependencies() {
        return List.of();
    }

    /** The address for display: {@code http://127.0.0.1:8080/mcp}. Known after {@link #start}. */
    String address();

    /**
     * The server that a transport serves.
     *
     * @param endpoint receives the messages
     * @param authenticator determines the sender of each message, before its body is read
     * @param resources the HTTP resources to mount beside it; transports other than HTTP ignore them
     * @param metrics the sink for metrics such as connection counts
     * @param memory the limit on the memory of all messages
     * @param settingNames how messages name settings
     */
    record Host(
            McpEndpoint endpoint,
            Authenticator authenticator,
            List<HttpResource> resources,
            MetricSink metrics,
            MemoryBudget memory,
            SettingNames settingNames) {
        private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

        /** Creates a host whose callers are all anonymous, and whose messages name settings as in Java. */
        public Host(McpEndpoint endpoint, List<HttpResource> resources, MetricSink metrics, MemoryBudget memory) {
            this(endpoint, Authenticator.ANONYMOUS, resources, metrics, memory, SettingNames.JAVA);
        }

        /** Creates a host without a memory limit. */
        public Host(McpEndpoint endpoint, List<HttpResource> resources, MetricSink metrics) {
            this(endpoint, resources, metrics, MemoryBudget.unlimited());
        }

        /**
         * Asks the authenticator for the sender of a message. The future is complete at once if the authenticator did
         * not have to wait, and never fails: if the authenticator fails, the answer is
         * {@link Authentication.Unavailable}, and the log has the cause.
         */
        public CompletableFuture<Authentication> authenticate(HeaderFields fields, RemotePeer peer) {
            return answer(() -> authenticator.authenticate(fields, peer));
        }

        /**
         * Asks the authenticator for the sender of an HTTP request to the MCP endpoint, as {@link
         * #authenticate(HeaderFields, RemotePeer)} does.
         *
         * @param method the HTTP method, in upper case
         */
        public CompletableFuture<Authentication> authenticate(String method, HeaderFields fields, RemotePeer peer) {
            return answer(() -> authenticator.authenticate(method, fields, peer));
        }

        private static CompletableFuture<Authentication> answer(Supplier<CompletionStage<Authentication>> question) {
            try {
                var answer = question.get().toCompletableFuture();
                boolean known = answer.isDone() && !answer.isCompletedExceptionally() && answer.join() != null;
                return known ? answer : answer.handle(Host::checked);
            } catch (RuntimeException fault) {
                return CompletableFuture.completedFuture(checked(null, fault));
            }
        }

        private static Authentication checked(@Nullable Authentication answer, @Nullable Throwable failure) {
            if (answer != null) {
                return answer;
            }
            System.getLogger(Authenticator.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A message was refused because the Authenticator did not determine its sender",
                            failure);
            return new Authentication.Unavailable(RETRY_AFTER);
        }
    }
}
