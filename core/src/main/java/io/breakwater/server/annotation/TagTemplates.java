package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.ParametersCodec;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cache tags of an annotation: texts with the names of arguments in braces, such as {@code order:{number}}. */
final class TagTemplates {
    /** The name of an argument in braces. */
    static final Pattern VARIABLE = Pattern.compile("\\{([^{}]*)}");

    private final List<String> templates;
    private final MethodParameters parameters;
    private final ParametersCodec codec;

    private TagTemplates(List<String> templates, MethodParameters parameters, ParametersCodec codec) {
        this.templates = templates;
        this.parameters = parameters;
        this.codec = codec;
    }

    /**
     * Reads the tags of a member of the annotation.
     *
     * @param member the name of the member, for messages
     */
    static TagTemplates of(
            AnnotatedMethod method,
            String member,
            String[] templates,
            MethodParameters parameters,
            ParametersCodec codec) {
        for (var template : templates) {
            requireArguments(method, member, template, parameters);
        }
        return new TagTemplates(Arrays.asList(templates.clone()), parameters, codec);
    }

    /** Refuses a template with braces around anything but the name of a scalar argument. */
    static void requireArguments(AnnotatedMethod method, String member, String template, MethodParameters parameters) {
        if (!fits(template, parameters)) {
            throw method.refused(member + " \"" + template + "\" needs the name of a string, number, boolean or enum"
                    + " argument between { and }. The arguments are: " + parameters.names() + ".");
        }
    }

    private static boolean fits(String template, MethodParameters parameters) {
        var rest = VARIABLE.matcher(template).replaceAll("");
        return !rest.contains("{")
                && !rest.contains("}")
                && VARIABLE.matcher(template)
                        .results()
                        .map(found -> found.group(1))
                        .allMatch(parameters::hasScalar);
    }

    /** Returns the tags for these arguments, which passed the schema. */
    Set<String> tags(Json arguments) {
        var values = MethodToolHandler.bind(codec, ParsedJson.of(arguments));
        var tags = new LinkedHashSet<String>();
        for (var template : templates) {
            tags.add(VARIABLE.matcher(template)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            Objects.toString(ParametersCodec.unwrap(values[parameters.indexOf(found.group(1))]), ""))));
        }
        return tags;
    }
}
