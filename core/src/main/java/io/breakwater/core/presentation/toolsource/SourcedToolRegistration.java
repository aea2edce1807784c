package io.breakwater.core.presentation.toolsource;

import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.port.Json;
import io.breakwater.port.driven.ToolSource;
import io.breakwater.port.driven.ToolSource.Descriptor;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Icon;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Registers the tools of one tool source, and updates them when the source changes. */
public final class SourcedToolRegistration {
    private final ToolSource source;
    private final Registry registry;
    private List<String> registered = List.of(); // guarded by this

    private SourcedToolRegistration(ToolSource source, Registry registry) {
        this.source = source;
        this.registry = registry;
    }

    /** Registers the tools of a source now, and again after each change. */
    public static void adopt(ToolSource source, Registry registry) {
        var registration = new SourcedToolRegistration(source, registry);
        registration.refresh();
        source.onChange(registration::refresh);
    }

    private synchronized void refresh() {
        var tools = source.tools().stream().map(this::tool).toList();
        registry.replaceTools(registered, tools);
        registered = tools.stream().map(tool -> tool.definition().name()).toList();
    }

    private Tool tool(Descriptor descriptor) {
        var name = descriptor.name();
        var description = descriptor.description();
        var builder = Tool.named(name)
                .description(description.isBlank() ? name : description)
                .input(descriptor.inputSchema())
                .output(descriptor.outputSchema(), ToolResult.class)
                .hints(descriptor.annotations())
                .meta(descriptor.meta());
        if (descriptor.title() != null) {
            builder.title(descriptor.title());
        }
        icons(descriptor.icons()).forEach(builder::icon);
        return builder.handler((arguments, call) -> call(name, arguments, call));
    }

    /** Returns the icons that clients may fetch. */
    private static List<Icon> icons(Json.Arr list) {
        var icons = new ArrayList<Icon>();
        for (var item : list.items()) {
            var src = item instanceof Json.Obj icon ? icon.text("src") : null;
            if (src != null && (src.startsWith("https://") || src.startsWith("data:"))) {
                icons.add(new Icon(src, ((Json.Obj) item).text("mimeType"), List.of()));
            }
        }
        return icons;
    }

    private ToolResult call(String name, Json.Obj arguments, Call call) throws Exception {
        var stage = source.call(name, arguments, new CallToolContext(call));
        try {
            return result(stage.toCompletableFuture().get());
        } catch (ExecutionException failed) {
            throw unwrap(failed);
        }
    }

    private static Exception unwrap(ExecutionException failed) {
        return switch (failed.getCause()) {
            case Error error -> throw error;
            case Exception cause -> cause;
            case null, default -> failed;
        };
    }

    private static ToolResult result(Json.Obj result) {
        var content = new ArrayList<Content>();
        if (result.get("content") instanceof Json.Arr(var blocks)) {
            for (var block : blocks) {
                content.add(new Content.Other((Json.Obj) block));
            }
        }
        boolean isError = result.get("isError") == Json.Bool.TRUE;
        return new ToolResult(content, structured(result), isError, result.object("_meta"));
    }

    private static @Nullable Json structured(Json.Obj result) {
        var structured = result.get("structuredContent");
        return structured == Json.Null.NULL ? null : structured;
    }
}
