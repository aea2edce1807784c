package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.Lookup;
import io.breakwater.core.presentation.catalog.ProposalAccess;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.Completer;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.ResourceTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code completion/complete}: proposes values for an argument of a prompt or a variable of a resource template. */
public final class CompleteMethod implements MethodHandler {
    private static final int MAX_VALUES = 100;
    private static final int MAX_DECISIONS = 1_000;
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
        var target = target(name, call);
        var context = params.member("context");
        var others = RequestParams.texts(context == null ? ParsedJson.EMPTY : context, "arguments");
        var values = target.completer == null ? List.<String>of() : complete(target.completer, typed, others, call);
        var completion = new ProposalAccess(catalog).isOpen()
                ? completion(values, false)
                : completion(values, value -> target.access.test(with(others, name, value)));
        return new Outcome.Value(Json.object().put("completion", completion).build());
    }

    private static List<String> complete(
            Completer completer, String typed, Map<String, String> others, ActiveCall call) {
        call.handlerStarts();
        var values = completer.complete(typed, others, call);
        call.handlerReturned();
        return values;
    }

    private static Map<String, String> with(Map<String, String> others, String name, String value) {
        var all = new LinkedHashMap<>(others);
        all.put(name, value);
        return all;
    }

    /** Returns the values that the caller may see. After a limited number of decisions, the total is not known. */
    private static Json.Obj completion(List<String> values, Predicate<String> access) {
        int decided = Math.min(MAX_DECISIONS, values.size());
        var allowed = values.subList(0, decided).stream().filter(access).toList();
        return completion(allowed, decided < values.size());
    }

    private static Json.Obj completion(List<String> values, boolean undecided) {
        return Json.object()
                .put("values", Json.texts(values.subList(0, Math.min(MAX_VALUES, values.size()))))
                .putIfPresent("total", undecided ? null : Json.of(values.size()))
                .put("hasMore", undecided || values.size() > MAX_VALUES)
                .build();
    }

    /**
     * What is completed.
     *
     * @param completer proposes the values, or null
     * @param access decides whether the caller may see a value together with the other arguments
     */
    private record Target(@Nullable Completer completer, Predicate<Map<String, String>> access) {}

    private Target target(String argument, ActiveCall call) {
        var ref = params.member("ref");
        var type = ref == null ? null : ref.text("type");
        if (ref == null || type == null) {
            throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        }
        return switch (type) {
            case "ref/prompt" ->
                promptTarget(found(catalog.prompt(RequestParams.text(ref, "name"), null), call), argument);
            case "ref/resource" ->
                templateTarget(found(catalog.template(RequestParams.text(ref, "uri")), call), argument);
            default -> throw McpException.invalidParams("\"ref.type\" must be ref/prompt or ref/resource");
        };
    }

    private static <T> T found(Lookup<T> lookup, ActiveCall call) {
        return switch (lookup) {
            case Lookup.Found<T> found -> found.item();
            case Lookup.Missing<T> missing -> throw missing.refuse(call.requestId());
        };
    }

    private Target templateTarget(ResourceTemplate template, String variable) {
        var access = new ProposalAccess(catalog);
        return new Target(template.completer(variable), variables -> access.allows(template, variables));
    }

    private Target promptTarget(Prompt prompt, String argument) {
        var access = new ProposalAccess(catalog);
        return new Target(promptCompleter(prompt, argument), arguments -> access.allows(prompt, arguments));
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
