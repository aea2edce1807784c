package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.Lookup;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Completer;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code completion/complete}: proposes values for an argument of a prompt or a variable of a resource template. */
public final class CompleteMethod implements MethodHandler {
    private static final int MAX_VALUES = 100;
    private static final AccessDecision NO_REFERENCE = new AccessDecision.Allowed("no reference");

    private final CatalogView catalog;
    private final ParsedJson params;

    /** Completes values for the prompts and templates of this catalog. */
    public CompleteMethod(CatalogView catalog, ParsedJson params) {
        this.catalog = catalog;
        this.params = params;
    }

    /** Returns the decision about what it completes values for. */
    AccessDecision decision() {
        var ref = params.member("ref");
        var type = ref == null ? null : ref.text("type");
        var name = ref == null ? null : ref.text("ref/prompt".equals(type) ? "name" : "uri");
        if (type == null || name == null) {
            return NO_REFERENCE;
        }
        return switch (type) {
            case "ref/prompt" -> catalog.prompt(name, null).decision();
            case "ref/resource" -> catalog.template(name).decision();
            default -> NO_REFERENCE;
        };
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
        var completer = completer(name, call);
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

    private @Nullable Completer completer(String argument, ActiveCall call) {
        var ref = params.member("ref");
        var type = ref == null ? null : ref.text("type");
        if (ref == null || type == null) {
            throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        }
        return switch (type) {
            case "ref/prompt" ->
                promptCompleter(found(catalog.prompt(RequestParams.text(ref, "name"), null), call), argument);
            case "ref/resource" ->
                found(catalog.template(RequestParams.text(ref, "uri")), call).completer(argument);
            default -> throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        };
    }

    private static <T> T found(Lookup<T> lookup, ActiveCall call) {
        return switch (lookup) {
            case Lookup.Found<T>(T item, var ignored) -> item;
            case Lookup.Missing<T> missing -> throw missing.refuse(call.requestId());
        };
    }

    private static @Nullable Completer promptCompleter(Prompt prompt, String argument) {
        return prompt.arguments().stream()
                .filter(candidate -> candidate.name().equals(argument))
                .findFirst()
                .orElseThrow(() -> McpException.invalidParams(
                        "Prompt \"" + prompt.name() + "\" has no argument \"" + argument + "\""))
                .completer();
    }
}
