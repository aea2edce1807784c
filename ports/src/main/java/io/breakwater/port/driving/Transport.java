package io.breakwater.port.driving;

import io.breakwater.port.MetricSink;
import io.breakwater.port.driven.Dependency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A way for clients to reach the server: HTTP, stdio, or one of your own. Its life is {@link #start}, then
 * {@link #startGracefulShutdown}, then {@link #drain}, then {@link #stop}, in this order; those after the start may be
 * left out, and repeating one changes nothing.
 *
 * <p>Whoever writes one extends {@code TransportContract} of the testkit.
 */
public interface Transport {

    /**
     * Begins to take messages; returns when a client can connect.
     *
     * @throws io.breakwater.port.PortException.Refused when it cannot, for instance because the port is taken; the
     *     message says what to do
     */
    void start(Host host);

    /**
     * From now on tells clients with every answer to go elsewhere (HTTP: {@code Connection: close} or GOAWAY), but
     * takes and serves whoever comes: balancers need a while to notice. Returns at once.
     */
    void startGracefulShutdown();

    /** Takes leave, and takes no new connections either. What was accepted is still served. Returns at once. */
    void drain();

    /**
     * Waits at most {@code grace} until everything accepted is answered and written, then closes what is left.
     *
     * @return true when nothing accepted was lost
     */
    boolean stop(Duration grace);

    /**
     * Completes when no message can arrive any more because the client side ended it (stdio: end of input);
     * exceptionally, with a {@link io.breakwater.port.PortException} that says why, when the connection broke.
     */
    CompletionStage<Void> ended();

    /** What it leans on, for the health report; known after {@link #start}. */
    default List<Dependency> dependencies() {
        return List.of();
    }

    /** For people: {@code http://127.0.0.1:8080/mcp}. Known after {@link #start}. */
    String address();

    /**
     * What a transport serves.
     *
     * @param endpoint where messages go
     * @param pages what to mount beside it; ignored where there are no pages
     * @param figures where to show connection counts and the like
     * @param memory what messages may occupy together
     */
    record Host(McpEndpoint endpoint, List<HttpResource> pages, MetricSink figures, MemoryBudget memory) {
        /** A host whose messages are not counted. */
        public Host(McpEndpoint endpoint, List<HttpResource> pages, MetricSink figures) {
            this(endpoint, pages, figures, MemoryBudget.unlimited());
        }
    }
}
