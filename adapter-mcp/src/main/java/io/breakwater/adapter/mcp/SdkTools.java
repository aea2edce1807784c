package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.ToolContext;
import io.breakwater.port.driven.ToolSource;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Offers tools that are written for the MCP Java SDK, without changes.
 *
 * <p>Their handlers receive the SDK's own exchange, which works with legacy clients, which have a session, and with
 * modern clients, which have none. Progress, log messages, elicitation, sampling and roots work with both. One thing
 * differs with modern clients: a client request ends the run of the handler, and the handler runs again from its start
 * when the response arrives, so it must not have side effects before a client request.
 *
 * <p>Tools may be added and removed at any time, from any thread; subscribed clients are notified.
 */
public final class SdkTools implements ToolSource {

    /** The key in {@code exchange.transportContext()} of the id under which the call is logged. */
    public static final String REQUEST_ID = "breakwater.requestId";

    /** The key in {@code exchange.transportContext()} of the protocol revision of the call. */
    public static final String PROTOCOL_VERSION = "breakwater.protocolVersion";

    /** The key in {@code exchange.transportContext()} of the W3C trace parent, if the call has one. */
    public static final String TRACE_PARENT = "traceparent";

    private final SdkRuntime sdk;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, SdkTool> tools = Map.of();

    private SdkTools(SdkRuntime sdk) {
        this.sdk = sdk;
    }

    /** Offers tools whose handlers wait for what they do. */
    public static SdkTools sync(SyncToolSpecification... tools) {
        return sync(List.of(tools));
    }

    /** Offers tools whose handlers wait for what they do. */
    public static SdkTools sync(Collection<SyncToolSpecification> tools) {
        return builder().sync(tools).build();
    }

    /** Offers tools whose handlers answer with a {@code Mono}. */
    public static SdkTools async(AsyncToolSpecification... tools) {
        return async(List.of(tools));
    }

    /** Offers tools whose handlers answer with a {@code Mono}. */
    public static SdkTools async(Collection<AsyncToolSpecification> tools) {
        return builder().async(tools).build();
    }

    /** Builds a source with tools of both kinds, or with another JSON mapper. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Adds a tool, in the place of the one that has its name, if there is one.
     *
     * @throws IllegalArgumentException when its name or a schema is not what MCP allows, or the server has another tool
     *     of that name; nothing is changed then
     */
    public void add(SyncToolSpecification tool) {
        add(sdk.tool(tool));
    }

    /**
     * Adds a tool, in the place of the one that has its name, if there is one.
     *
     * @throws IllegalArgumentException when its name or a schema is not what MCP allows, or the server has another tool
     *     of that name; nothing is changed then
     */
    public void add(AsyncToolSpecification tool) {
        add(sdk.tool(tool));
    }

    /** Removes a tool; its running calls continue. Does nothing when there is no tool of that name. */
    public void remove(String name) {
        if (tools.containsKey(name)) {
            change(next -> next.remove(name));
        }
    }

    @Override
    public List<Descriptor> tools() {
        return tools.values().stream().map(SdkTool::descriptor).toList();
    }

    @Override
    public CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext toolContext) {
        var found = tools.get(tool);
        if (found == null) {
            return CompletableFuture.failedStage(
                    new PortException.RefusedException("There is no tool '" + tool + "'", null));
        }
        var json = sdk.messages();
        var request = new CallToolRequest(tool, json.map(arguments), json.map(toolContext.meta()));
        return found.handler().handle(request, toolContext);
    }

    @Override
    public void onChange(Runnable action) {
        listeners.add(action);
    }

    private void add(SdkTool tool) {
        change(next -> next.put(tool.name(), tool));
    }

    /** Reverts a change that a listener refuses, for example because the server already has a tool of that name. */
    private synchronized void change(Consumer<Map<String, SdkTool>> edit) {
        var before = tools;
        var next = new LinkedHashMap<>(before);
        edit.accept(next);
        tools = Collections.unmodifiableMap(next);
        try {
            listeners.forEach(Runnable::run);
        } catch (RuntimeException refused) {
            tools = before;
            listeners.forEach(Runnable::run);
            throw refused;
        }
    }

    /** Collects tools of both kinds; the server lists them in the order in which they are added. */
    public static final class Builder {
        private final List<Function<SdkRuntime, SdkTool>> tools = new ArrayList<>();
        private McpJsonMapper mapper = McpJsonDefaults.getMapper();

        private Builder() {}

        /** Adds tools whose handlers wait for what they do. */
        public Builder sync(Collection<SyncToolSpecification> more) {
            more.forEach(tool -> tools.add(sdk -> sdk.tool(tool)));
            return this;
        }

        /** Adds tools whose handlers wait for what they do. */
        public Builder sync(SyncToolSpecification... more) {
            return sync(List.of(more));
        }

        /** Adds tools whose handlers answer with a {@code Mono}. */
        public Builder async(Collection<AsyncToolSpecification> more) {
            more.forEach(tool -> tools.add(sdk -> sdk.tool(tool)));
            return this;
        }

        /** Adds tools whose handlers answer with a {@code Mono}. */
        public Builder async(AsyncToolSpecification... more) {
            return async(List.of(more));
        }

        /** Writes results with another mapper than the SDK's default. */
        public Builder jsonMapper(McpJsonMapper other) {
            mapper = other;
            return this;
        }

        /**
         * Builds the source.
         *
         * @throws IllegalArgumentException when two tools have the same name, or MCP does not allow a name or schema
         */
        public SdkTools build() {
            var source = new SdkTools(SdkRuntime.with(mapper));
            var named = new LinkedHashMap<String, SdkTool>();
            for (var make : tools) {
                var tool = make.apply(source.sdk);
                if (named.put(tool.name(), tool) != null) {
                    throw new IllegalArgumentException("Two tools are named '" + tool.name() + "'; names must differ");
                }
            }
            source.tools = Collections.unmodifiableMap(named);
            return source;
        }
    }
}
