package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Completer;
import io.breakwater.server.mcp.McpException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code completion/complete}: proposes values for an argument of a prompt or a variable of a resource template. */
public final class CompleteMethod implements MethodHandler {
    private static final int MAX_VALUES = 100;

    private final CatalogSnapshot catalog;
    private final ParsedJson params;

    /** Completes values for the prompts and templates of this catalog. */
    public CompleteMethod(CatalogSnapshot catalog, ParsedJson params) {
        this.catalog = catalog;
        this.params = params;
    }

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public Outcome run(ActiveCall call) {
        var argument = params.member("argument");
        if (argument == null || !argument.isObject()) {
            throw McpException.invalidParams("\"argument\" must be an object with \"name\" and \"value\"");
        }
        var name = RequestParams.text(argument, "name");
        var typed = RequestParams.text(argument, "value");
        var completer = completer(name);
        var context = params.member("context");
        var others = RequestParams.texts(context == null ? ParsedJson.EMPTY : context, "arguments");
        var values = completer == null ? List.<String>of() : completer.complete(typed, others, call);
        return new Outcome.Value(Json.object()
                .put(
                        "completion",
                        Json.object()
                                .put("values", Json.texts(values.subList(0, Math.min(MAX_VALUES, values.size()))))
                                .put("total", values.size())
                                .put("hasMore", values.size() > MAX_VALUES)
                                .build())
                .build());
    }

    private @Nullable Completer completer(String argument) {
        var ref = params.member("ref");
        var type = ref == null ? null : ref.text("type");
        if (ref == null || type == null) {
            throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        }
        return switch (type) {
            case "ref/prompt" -> promptCompleter(RequestParams.text(ref, "name"), argument);
            case "ref/resource" -> templateCompleter(RequestParams.text(ref, "uri"), argument);
            default -> throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        };
    }

    private @Nullable Completer promptCompleter(String name, String argument) {
        var prompt = catalog.prompts().get(name);
        if (prompt == null) {
            throw McpException.invalidParams("Unknown prompt: " + name);
        }
        return prompt.arguments().stream()
                .filter(candidate -> candidate.name().equals(argument))
                .findFirst()
                .orElseThrow(() ->
                        McpException.invalidParams("Prompt \"" + name + "\" has no argument \"" + argument + "\""))
                .completer();
    }

    private @Nullable Completer templateCompleter(String uri, String variable) {
        return catalog.templates().stream()
                .filter(template -> template.uriTemplate().equals(uri))
                .findFirst()
                .orElseThrow(() -> McpException.invalidParams("Unknown resource template: " + uri))
                .completer(variable);
    }
}
