package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.call.Work;
import io.breakwater.core.presentation.catalog.Completer;
import io.breakwater.core.presentation.catalog.McpError;
import io.breakwater.core.presentation.catalog.registry.Offering;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.json.Document;
import io.breakwater.core.execution.Lane;
import io.breakwater.port.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code completion/complete}: proposes values for a prompt's argument or a template's variable. */
public final class Complete implements Work {
    private static final int MOST = 100;

    private final Offering offering;
    private final Document params;

    /** Completes out of this offering. */
    public Complete(Offering offering, Document params) {
        this.offering = offering;
        this.params = params;
    }

    @Override
    public Lane lane() {
        return Lane.VIRTUAL;
    }

    @Override
    public Outcome run(LiveCall call) {
        var argument = params.member("argument");
        if (argument == null || !argument.isObject()) {
            throw McpError.invalidParams("\"argument\" must be an object with \"name\" and \"value\"");
        }
        var name = Arguments.required(argument, "name");
        var typed = Arguments.required(argument, "value");
        var completer = completer(name);
        var context = params.member("context");
        var others = Arguments.texts(context == null ? Document.EMPTY : context, "arguments");
        var values = completer == null ? List.<String>of() : completer.complete(typed, others, call);
        return new Outcome.Value(Json.object()
                .put(
                        "completion",
                        Json.object()
                                .put("values", Json.texts(values.subList(0, Math.min(MOST, values.size()))))
                                .put("total", values.size())
                                .put("hasMore", values.size() > MOST)
                                .build())
                .build());
    }

    private @Nullable Completer completer(String argument) {
        var ref = params.member("ref");
        var type = ref == null ? null : ref.text("type");
        if (ref == null || type == null) {
            throw McpError.invalidParams("\"ref\" must say its \"type\": ref/prompt or ref/resource");
        }
        return switch (type) {
            case "ref/prompt" -> ofPrompt(Arguments.required(ref, "name"), argument);
            case "ref/resource" -> ofTemplate(Arguments.required(ref, "uri"), argument);
            default -> throw McpError.invalidParams("\"ref.type\" is ref/prompt or ref/resource");
        };
    }

    private @Nullable Completer ofPrompt(String name, String argument) {
        var prompt = offering.prompts().get(name);
        if (prompt == null) {
            throw McpError.invalidParams("Unknown prompt: " + name);
        }
        return prompt.arguments().stream()
                .filter(candidate -> candidate.name().equals(argument))
                .findFirst()
                .orElseThrow(
                        () -> McpError.invalidParams("Prompt \"" + name + "\" has no argument \"" + argument + "\""))
                .completer();
    }

    private @Nullable Completer ofTemplate(String uri, String variable) {
        return offering.templates().stream()
                .filter(template -> template.uriTemplate().equals(uri))
                .findFirst()
                .orElseThrow(() -> McpError.invalidParams("Unknown resource template: " + uri))
                .completer(variable);
    }
}
