package io.breakwater.server;

import io.breakwater.port.AccessExplanation;
import io.breakwater.port.CredentialExplanation;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.RefusedAccess;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.Transport;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server. It supports every protocol revision from 2024-11-05 to 2026-07-28, over any {@link Transport}.
 *
 * <pre>{@code
 * var server = Breakwater.named("shop").version("1.0.0")
 *     .tool(findOrder)
 *     .build();
 * server.serve(HttpTransport.on("127.0.0.1", 8080));
 * }</pre>
 *
 * Tools, resources and prompts can be added and removed while the server runs; subscribed clients are notified.
 * Thread-safe.
 */
public final class Breakwater implements AutoCloseable {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);

    private final ServerGraph graph;
    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile boolean recorded = true;

    Breakwater(ServerGraph graph) {
        this.graph = graph;
    }

    /**
     * Returns a builder for a server with this name and no tools.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static BreakwaterBuilder named(String name) {
        return new BreakwaterBuilder(name);
    }

    /**
     * Starts a transport, in addition to those that run already. Returns when the transport accepts clients.
     *
     * @throws io.breakwater.port.PortException.RefusedException if the transport cannot start; the message says what
     *     to do
     * @throws IllegalStateException if the server is closed, or the transport was started before
     */
    public synchronized Breakwater serve(Transport transport) {
        Objects.requireNonNull(transport, "The transport is null. Pass a transport to serve(...).");
        if (closed) {
            throw new IllegalStateException(
                    "The server is closed, so it cannot serve a transport. Build a new server.");
        }
        if (transports.contains(transport)) {
            throw new IllegalStateException("The server already serves this transport (" + transport.address()
                    + "). Create one transport for each call of serve(...).");
        }
        transport.start(graph.host());
        transports.add(transport);
        graph.watchDependencies(transport.dependencies());
        graph.readiness().started();
        return this;
    }

    /** Adds a tool. A name that is already in use is refused. */
    public void add(Tool tool) {
        Objects.requireNonNull(tool, "The tool is null. Pass a tool to add(...).");
        requireOpen();
        graph.registry().addTools(List.of(tool));
    }

    /** Removes a tool; returns false if no tool has that name. Running calls continue. */
    public boolean removeTool(String name) {
        return graph.registry().removeTool(name);
    }

    /** Adds a resource. A URI that is already in use is refused. */
    public void add(Resource resource) {
        Objects.requireNonNull(resource, "The resource is null. Pass a resource to add(...).");
        requireOpen();
        graph.registry().add(resource);
    }

    /** Removes a resource; returns false if no resource has that URI. */
    public boolean removeResource(String uri) {
        return graph.registry().removeResource(uri);
    }

    /** Adds a resource template. A template that is already in use is refused. */
    public void add(ResourceTemplate template) {
        Objects.requireNonNull(template, "The resource template is null. Pass a resource template to add(...).");
        requireOpen();
        graph.registry().add(template);
    }

    /** Adds a prompt. A name that is already in use is refused. */
    public void add(Prompt prompt) {
        Objects.requireNonNull(prompt, "The prompt is null. Pass a prompt to add(...).");
        requireOpen();
        graph.registry().add(prompt);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The server is closed, so add(...) has no effect. Build a new server.");
        }
    }

    /** Removes a prompt; returns false if no prompt has that name. */
    public boolean removePrompt(String name) {
        return graph.registry().removePrompt(name);
    }

    /**
     * Replaces the access rules, in one step. Later requests are decided by the new rules, clients are notified that the
     * lists have changed, and results that were cached under the old rules are not used any more. Calls that have begun
     * continue.
     */
    public void accessRules(AccessRules rules) {
        Objects.requireNonNull(rules, "The access rules are null. Pass AccessRules.NONE to remove them.");
        requireOpen();
        graph.accessControl().replaceRules(rules);
    }

    /**
     * Returns what is probably misspelt in access rules, one sentence each: a pattern that matches no tool, resource or
     * prompt of this server, or an argument that no tool of its rule has.
     */
    public List<String> reviewAccessRules(AccessRules rules) {
        return graph.reviewRules(Objects.requireNonNull(rules, "The access rules are null. Pass AccessRules.NONE."));
    }

    /**
     * Returns the names or URIs of all tools, resources, templates or prompts, also of those that no caller may use.
     * For tasks, the result is empty.
     */
    public Set<String> names(TargetKind kind) {
        return graph.names(Objects.requireNonNull(kind, "The kind is null. Pass the kind of the names."));
    }

    /**
     * Explains whether a principal may use a tool, resource, template, prompt or task method, and why.
     *
     * @param kind the kind of the target
     * @param name the name or URI of the target
     * @param arguments the arguments of the call; null for the access without a call, which decides on lists. If the
     *     target is a resource of a template, the variables of the template take their place
     */
    public AccessExplanation explainAccess(
            Principal principal, TargetKind kind, String name, Json.@Nullable Obj arguments) {
        return graph.explainAccess(principal, kind, name, arguments);
    }

    /**
     * Explains what an API key or a token allows with {@link StandardAuthentication}, or why it is refused. A token that
     * is bound to a key needs no proof here. This is for operators: do not show the reason to callers.
     */
    public CompletionStage<CredentialExplanation> explainCredential(String credential) {
        return graph.explainCredential(
                Objects.requireNonNull(credential, "The credential is null. Pass an API key or a token."));
    }

    /**
     * Returns the refused access of the request with this id. The server remembers the last 1,024 refused accesses of
     * this process, those to unknown names included.
     */
    public Optional<RefusedAccess> refusedAccess(String requestId) {
        return graph.refusedAccesses().find(requestId);
    }

    /** Notifies the clients that subscribed to this resource that its contents have changed. */
    public void resourceUpdated(String uri) {
        graph.notifyUpdated(uri);
    }

    /**
     * Returns what a transport serves, for tests and for code that carries messages without being a {@link Transport}.
     * Such code asks {@link Transport.Host#authenticator()} for the sender of each message before it reads the body.
     */
    public Transport.Host host() {
        return graph.host();
    }

    /**
     * Starts a graceful shutdown: readiness fails, and transports ask clients to reconnect elsewhere. New requests are
     * still served.
     */
    public void drain() {
        graph.readiness().draining();
        transports.forEach(Transport::startGracefulShutdown);
    }

    /**
     * Stops the server: it refuses new connections, ends streams with their graceful result, finishes accepted
     * requests, and then closes everything. A second call has no effect.
     *
     * @param grace the maximum time for running calls
     * @return true if every accepted request was answered
     */
    public boolean close(Duration grace) {
        Objects.requireNonNull(grace, "close(...) does not accept null. Pass a time, or call close().");
        if (grace.isNegative()) {
            throw new IllegalArgumentException(
                    "The grace period of close(...) must not be negative, but is " + grace + ".");
        }
        if (!markClosed()) {
            return true;
        }
        drain();
        transports.forEach(Transport::drain);
        graph.endStreams();
        boolean complete = true;
        for (var transport : transports) {
            complete &= transport.stop(grace);
        }
        recorded = graph.close();
        return complete;
    }

    /**
     * Returns true if the audit log could not be written when the server closed, so that it lacks entries of the last
     * calls. The server has logged their number.
     */
    public boolean hasLostAuditEntries() {
        return !recorded;
    }

    /** Marks the server as closed; returns false if it was closed before. */
    private synchronized boolean markClosed() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    /** Stops the server; running calls have 30 s to finish. */
    @Override
    public void close() {
        close(DEFAULT_GRACE);
    }
}
