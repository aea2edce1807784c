package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ParametersCodec;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.ConfirmationMessage;
import java.util.List;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/** The confirmation of an annotation: a sentence with the names of arguments in braces. */
final class ConfirmationTemplate {
    private final String sentence;
    private final List<String> arguments;
    private final MethodParameters parameters;
    private final ParametersCodec codec;

    private ConfirmationTemplate(String template, MethodParameters parameters, ParametersCodec codec) {
        this.sentence = TagTemplates.VARIABLE.matcher(template).replaceAll("{}");
        this.arguments = TagTemplates.VARIABLE
                .matcher(template)
                .results()
                .map(ConfirmationTemplate::name)
                .toList();
        this.parameters = parameters;
        this.codec = codec;
    }

    private static String name(MatchResult variable) {
        return variable.group(1);
    }

    static ConfirmationTemplate of(
            AnnotatedMethod method, String template, MethodParameters parameters, ParametersCodec codec) {
        TagTemplates.requireArguments(method, "confirm", template, parameters);
        return new ConfirmationTemplate(template, parameters, codec);
    }

    /** Returns the message for these arguments, which passed the schema. */
    ConfirmationMessage message(Json json) {
        var values = MethodToolHandler.bind(codec, ParsedJson.of(json));
        return ConfirmationMessage.of(
                sentence, arguments.stream().map(name -> value(values, name)).toArray());
    }

    private @Nullable Object value(@Nullable Object[] values, String name) {
        return ParametersCodec.unwrap(values[parameters.indexOf(name)]);
    }
}
