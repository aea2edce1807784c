package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code prompts/get}: checks the arguments and writes the messages of a prompt. */
public final class GetPromptMethod implements MethodHandler {
    private final Prompt prompt;
    private final ParsedJson params;

    /** Gets that prompt with those parameters. */
    public GetPromptMethod(Prompt prompt, ParsedJson params) {
        this.prompt = prompt;
        this.params = params;
    }

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public Outcome run(ActiveCall call) throws Exception {
        var messages = new ArrayList<Json>();
        var arguments = arguments();
        call.handlerStarts();
        var written = prompt.writer().write(arguments, call);
        call.handlerReturned();
        if (written == null) {
            throw new IllegalStateException("The handler of prompt " + prompt.name()
                    + " returned null. Return the messages, or throw McpException.");
        }
        for (var message : written) {
            messages.add(Json.object()
                    .put("role", message.role())
                    .put("content", message.content().json())
                    .build());
        }
        return new Outcome.Value(Json.object()
                .put("description", prompt.description())
                .put("messages", new Json.Arr(messages))
                .build());
    }

    private Map<String, String> arguments() {
        var given = RequestParams.texts(params, "arguments");
        var known = new LinkedHashMap<String, String>();
        for (var argument : prompt.arguments()) {
            var value = given.get(argument.name());
            if (value != null) {
                known.put(argument.name(), value);
            } else if (argument.required()) {
                throw McpException.invalidParams(
                        "Prompt \"" + prompt.name() + "\" needs the argument \"" + argument.name() + "\"");
            }
        }
        return known;
    }
}
