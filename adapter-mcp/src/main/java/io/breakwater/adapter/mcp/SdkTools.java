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
 * Tools written for the MCP Java SDK, offered unchanged.
 *
 * <p>Their handlers get the SDK's own exchange and find behind it whatever client is there: one with a session, as they
 * know it, or one of the stateless revision. Progress, log lines, elicitation, sampling and roots work on both. One
 * thing differs on the stateless wire: a question ends the call, and the handler is run again from its start when the
 * answer is there, so nothing with effect may come before a question.
 *
 * <p>Tools may be added and removed at any time, from any thread; clients that listen are told.
 */
public final class SdkTools implements ToolSource {

    /** Under this key {@code exchange.transportContext()} has the id under which the call is logged. */
    public static final String REQUEST_ID = "breakwater.requestId";

    /** Under this key {@code exchange.transportContext()} has the protocol revision of the call. */
    public static final String PROTOCOL_VERSION = "breakwater.protocolVersion";

    /** Under this key {@code exchange.transportContext()} has the W3C trace parent, if the call came with one. */
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

    /** For tools of both kinds, or a JSON mapper of one's own. */
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

    /** Takes a tool off the list; calls under way go on. Does nothing when there is none of that name. */
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
    public CompletionStage<Json.Obj> call(String tool, Json.Obj arguments, ToolContext conversation) {
        var found = tools.get(tool);
        if (found == null) {
            return CompletableFuture.failedStage(
                    new PortException.RefusedException("There is no tool '" + tool + "'", null));
        }
        var json = sdk.messages();
        var request = new CallToolRequest(tool, json.map(arguments), json.map(conversation.meta()));
        return found.handler().handle(request, conversation);
    }

    @Override
    public void onChange(Runnable action) {
        listeners.add(action);
    }

    private void add(SdkTool tool) {
        change(next -> next.put(tool.name(), tool));
    }

    /** A change that a listener refuses, because the server has a tool of that name already, say, is taken back. */
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

    /** Collects tools of both kinds; they are listed in the order they were given. */
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

        /** Writes results with that mapper instead of the SDK's default one. */
        public Builder jsonMapper(McpJsonMapper other) {
            mapper = other;
            return this;
        }

        /**
         * The source of these tools.
         *
         * @throws IllegalArgumentException when two tools have one name, or a name or schema is not what MCP allows
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
