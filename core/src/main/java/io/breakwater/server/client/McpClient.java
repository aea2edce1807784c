package io.breakwater.server.client;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An MCP client for servers of both eras, over any {@link ClientTransport}.
 *
 * <pre>{@code
 * try (var client = McpClient.builder(transport).connect()) {
 *     var result = client.call("find_order", Json.object().put("number", "A-000001").build());
 * }
 * }</pre>
 *
 * The function given to {@link McpClientBuilder#onServerRequest} responds to client requests of the server, whether
 * they arrive as requests (up to 2025-11-25) or as {@code input_required} (from 2026-07-28). Methods wait for the
 * server and throw a {@link PortException} when there is no result; {@link #requestAsync} does not wait. Thread-safe.
 */
public final class McpClient implements AutoCloseable {
    private static final String IDEMPOTENCY_KEY = "io.breakwater/idempotencyKey";

    private final ClientTransport transport;
    private final ProtocolDialect dialect;
    private final MessageRouter router;
    private final ToolHeaderParams headerParams;
    private final RequestRounds rounds;
    private final PagedLists lists = new PagedLists(this);
    private final Duration timeout;
    private Json.Obj serverInfo = Json.Obj.EMPTY; // set before this client is published

    McpClient(McpClientBuilder builder, ProtocolDialect dialect, ToolHeaderParams headerParams) {
        this.transport = builder.transport();
        this.dialect = dialect;
        this.headerParams = headerParams;
        this.timeout = builder.timeout();
        var responder = builder.responder();
        this.router =
                new MessageRouter(transport, dialect, responder, builder.notificationListener(), builder.lastId());
        this.rounds = new RequestRounds(router, responder);
    }

    /** Starts to build a client over that transport; it uses revision 2026-07-28 by default. */
    public static McpClientBuilder builder(ClientTransport transport) {
        return new McpClientBuilder(transport);
    }

    // ---- server information -----------------------------------------------------------------------------------------

    /** The protocol revision of this client. */
    public String protocolVersion() {
        return dialect.version();
    }

    /** The result of {@code initialize} or of {@code server/discover}. */
    public Json.Obj serverInfo() {
        return dialect instanceof ModernDialect ? request("server/discover", Json.Obj.EMPTY) : serverInfo;
    }

    McpClient initialize(LegacyDialect legacy) {
        var result = request("initialize", legacy.initializeParams());
        var version = result.text("protocolVersion");
        if (version == null) {
            throw new PortException.UnavailableException("The server did not name its protocol version", null, null);
        }
        legacy.agreed(version);
        serverInfo = result;
        var accepted = router.sendNotification("notifications/initialized", Json.Obj.EMPTY);
        if (!transport.isSession()) {
            PendingRequest.await(accepted, timeout); // otherwise the next request could arrive first
        }
        return this;
    }

    void listen() {
        router.listen();
    }

    // ---- methods ----------------------------------------------------------------------------------------------------

    /** Calls a tool. */
    public ToolCallResult call(String tool, Json.Obj arguments) {
        Objects.requireNonNull(arguments, "call(...) does not accept null. Call call(tool) if there are no arguments.");
        return call(Json.object().put("name", tool).put("arguments", arguments).build());
    }

    /** Calls a tool with an idempotency key: a call that is repeated with the same key has its effect once. */
    public ToolCallResult call(String tool, Json.Obj arguments, String idempotencyKey) {
        Objects.requireNonNull(
                idempotencyKey, "call(...) does not accept null. Call call(tool, arguments) for no key.");
        var meta = Json.object().put(IDEMPOTENCY_KEY, idempotencyKey).build();
        return call(Json.object()
                .put("name", tool)
                .put("arguments", arguments)
                .put("_meta", meta)
                .build());
    }

    /**
     * Asks what a call would do, without effect. The result has a {@linkplain ToolCallResult#dryRunReport report}, unless
     * the server would refuse the call.
     *
     * @param idempotencyKey the key that the call would have; null for none
     * @throws PortException if the server does not offer dry runs, since it would make the call
     */
    public ToolCallResult dryRun(String tool, Json.Obj arguments, @Nullable String idempotencyKey) {
        var experimental = serverInfo().object("capabilities").object("experimental");
        if (experimental.get(ToolCallResult.DRY_RUN) == null) {
            throw new PortException.RefusedException(
                    "The server does not offer dry runs, so it would make the call. Nothing was sent.", null);
        }
        var meta = Json.object().put(ToolCallResult.DRY_RUN, true).putIfPresent(IDEMPOTENCY_KEY, idempotencyKey);
        return call(Json.object()
                .put("name", tool)
                .put("arguments", arguments)
                .put("_meta", meta.build())
                .build());
    }

    private ToolCallResult call(Json.Obj params) {
        try {
            return new ToolCallResult(request("tools/call", params));
        } catch (PortException.ProtocolErrorException failure) {
            if (failure.code() != McpException.HEADER_MISMATCH || transport.isSession()) {
                throw failure;
            }
            tools(); // the list names the arguments that header fields repeat
            return new ToolCallResult(request("tools/call", params));
        }
    }

    /** Calls a tool that needs no arguments. */
    public ToolCallResult call(String tool) {
        return call(tool, Json.Obj.EMPTY);
    }

    /** Lists all tools, over all pages. */
    public List<Json.Obj> tools() {
        var tools = lists.list("tools/list", "tools");
        headerParams.update(tools);
        return tools;
    }

    /** Lists all resources. */
    public List<Json.Obj> resources() {
        return lists.listIfOffered("resources/list", "resources");
    }

    /** Lists all resource templates. */
    public List<Json.Obj> resourceTemplates() {
        return lists.listIfOffered("resources/templates/list", "resourceTemplates");
    }

    /** Lists all prompts. */
    public List<Json.Obj> prompts() {
        return lists.listIfOffered("prompts/list", "prompts");
    }

    /** Reads a resource; returns the {@code ReadResourceResult}. */
    public Json.Obj read(String uri) {
        return request("resources/read", Json.object().put("uri", uri).build());
    }

    /** Gets a prompt; returns the {@code GetPromptResult}. */
    public Json.Obj prompt(String name, Map<String, String> arguments) {
        var values = Json.object();
        arguments.forEach(values::put);
        return request(
                "prompts/get",
                Json.object().put("name", name).put("arguments", values.build()).build());
    }

    /** Calls any method and returns its result. */
    public Json.Obj request(String method, Json.Obj params) {
        return requestAsync(method, params).await();
    }

    /** Calls any method without waiting for its result. */
    public PendingRequest requestAsync(String method, Json.Obj params) {
        var pending = new PendingRequest(router, timeout);
        rounds.send(pending, method, params);
        return pending;
    }

    // ---- subscriptions ----------------------------------------------------------------------------------------------

    /**
     * Subscribes to changes of all lists and of these resources, until closed. Notifications go to the consumer given
     * to {@link McpClientBuilder#onNotification}.
     */
    public ChangeSubscription subscribe(String... uris) {
        return switch (dialect) {
            case ModernDialect ignored -> {
                var wanted = Json.object()
                        .put("toolsListChanged", true)
                        .put("promptsListChanged", true)
                        .put("resourcesListChanged", true)
                        .putIfPresent("resourceSubscriptions", uris.length == 0 ? null : Json.texts(List.of(uris)));
                var params = Json.object().put("notifications", wanted.build());
                yield requestAsync("subscriptions/listen", params.build())::cancel;
            }
            case LegacyDialect ignored -> {
                var stream = transport.isSession() ? null : router.listen();
                for (var uri : uris) {
                    request("resources/subscribe", Json.object().put("uri", uri).build());
                }
                yield stream == null ? () -> {} : stream::cancel;
            }
        };
    }

    /** A subscription to changes. */
    @FunctionalInterface
    public interface ChangeSubscription extends AutoCloseable {
        /** Ends the subscription. */
        @Override
        void close();
    }

    /** Ends the session, if there is one, and closes the transport. */
    @Override
    public void close() {
        if (dialect instanceof LegacyDialect legacy && legacy.hasSession()) {
            transport.end(dialect.headerFields());
        }
        transport.close();
    }
}
