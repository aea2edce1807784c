package io.breakwater.server;

import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.McpEndpoint;
import io.breakwater.port.driving.Transport;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An MCP server. It speaks every revision from 2024-11-05 to 2026-07-28 over whatever {@link Transport} it is given.
 *
 * <pre>{@code
 * var server = Breakwater.named("shop").version("1.0.0")
 *     .tool(findOrder)
 *     .build();
 * server.serve(HttpTransport.on("127.0.0.1", 8080));
 * }</pre>
 *
 * Tools, resources and prompts can be added and removed while it serves; clients that listen are told. Thread-safe.
 */
public final class Breakwater implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ServerGraph house;
    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    Breakwater(ServerGraph house) {
        this.house = house;
    }

    /** Starts a server that is called so, without tools yet. */
    public static BreakwaterBuilder named(String name) {
        return new BreakwaterBuilder(name);
    }

    /**
     * Lets clients in through that transport, beside those it serves already. Returns when they can come.
     *
     * @throws io.breakwater.port.PortException.Refused when the transport cannot start; the message says what to do
     */
    public Breakwater serve(Transport transport) {
        transport.start(new Transport.Host(house.endpoint(), house.pages(), house.meters(), house.memory()));
        transports.add(transport);
        house.watch(transport.dependencies());
        house.readiness().started();
        return this;
    }

    /** Adds a tool; a name that is taken is refused. */
    public void add(Tool tool) {
        house.registry().addTools(List.of(tool));
    }

    /** Takes a tool away; false when there is none of that name. Calls under way go on. */
    public boolean removeTool(String name) {
        return house.registry().removeTool(name);
    }

    /** Adds a resource; a URI that is taken is refused. */
    public void add(Resource resource) {
        house.registry().add(resource);
    }

    /** Takes a resource away; false when there is none under that URI. */
    public boolean removeResource(String uri) {
        return house.registry().removeResource(uri);
    }

    /** Adds a family of resources. */
    public void add(ResourceTemplate template) {
        house.registry().add(template);
    }

    /** Adds a prompt; a name that is taken is refused. */
    public void add(Prompt prompt) {
        house.registry().add(prompt);
    }

    /** Takes a prompt away; false when there is none of that name. */
    public boolean removePrompt(String name) {
        return house.registry().removePrompt(name);
    }

    /** Tells clients that subscribed to this resource that it holds something else now. */
    public void resourceUpdated(String uri) {
        house.updated(uri);
    }

    /** The server without a transport, for tests and for transports of your own. */
    public McpEndpoint endpoint() {
        return house.endpoint();
    }

    /** The pages a transport mounts beside the endpoint. */
    public List<HttpResource> pages() {
        return house.pages();
    }

    /** Takes leave: probes and clients are told to go elsewhere, but whoever comes is served still. */
    public void drain() {
        house.readiness().draining();
        transports.forEach(Transport::startGracefulShutdown);
    }

    /**
     * Stops: no new connections, streams end with their graceful result, what was accepted is answered, then everything
     * is closed. Closing again does nothing.
     *
     * @param grace how long calls under way may take
     * @return true when nothing accepted was lost
     */
    public boolean close(Duration grace) {
        if (!closed.compareAndSet(false, true)) {
            return true;
        }
        drain();
        transports.forEach(Transport::drain);
        house.endStreams();
        boolean whole = true;
        for (var transport : transports) {
            whole &= transport.stop(grace);
        }
        house.close();
        return whole;
    }

    /** Stops, giving calls under way 30 s. */
    @Override
    public void close() {
        close(GRACE);
    }
}
