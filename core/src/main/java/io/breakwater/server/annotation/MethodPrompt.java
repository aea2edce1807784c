package io.breakwater.server.annotation;

import io.breakwater.core.presentation.catalog.ConvertedTexts;
import io.breakwater.core.presentation.codec.ParametersCodec.TextReader;
import io.breakwater.core.presentation.codec.ResolvedType;
import io.breakwater.port.Json;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Content;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Prompt.Message;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Builds a prompt from a method with {@link McpPrompt}. */
final class MethodPrompt {
    private final AnnotatedMethod method;
    private final McpPrompt annotation;
    private final MethodParameters parameters;

    private MethodPrompt(AnnotatedMethod method, McpPrompt annotation) {
        this.method = method;
        this.annotation = annotation;
        this.parameters = MethodParameters.of(method);
    }

    static Prompt of(AnnotatedMethod method, McpPrompt annotation) {
        return new MethodPrompt(method, annotation).build();
    }

    private Prompt build() {
        Texts.requireDescription(method, annotation.description(), "@McpPrompt");
        parameters.requireScalars("an argument of a prompt");
        var codec = parameters.codec();
        var name = method.name(annotation.name());
        var builder = Prompt.named(name).description(annotation.description());
        Texts.ifPresent(annotation.title(), builder::title);
        builder.requiresRole(annotation.requiresRole()).requiresScope(annotation.requiresScope());
        arguments(codec.schema()).forEach(builder::argument);
        var texts = codec.texts();
        var invoker = MethodInvoker.of(method, parameters);
        var writer = writer();
        var target = "Prompt \"" + name + "\"";
        return builder.handler(new ConvertingWriter(
                texts,
                (arguments, call) ->
                        writer.apply(method.required(invoker.invoke(Texts.bind(texts, arguments, target), call)))));
    }

    /** Produces messages from arguments that it converts. */
    private record ConvertingWriter(TextReader texts, Prompt.Writer writer) implements Prompt.Writer, ConvertedTexts {
        @Override
        public List<Message> write(Map<String, String> arguments, Call call) throws Exception {
            return writer.write(arguments, call);
        }

        @Override
        public Map<String, String> received(Map<String, String> sent) {
            return texts.received(sent);
        }
    }

    /** Reads the arguments from the schema of the parameters, which has the descriptions and the required names. */
    private List<Prompt.Argument> arguments(Json.Obj schema) {
        var required = schema.get("required") instanceof Json.Arr(var names) ? names : List.<Json>of();
        var properties = schema.object("properties");
        return parameters.arguments().stream()
                .map(argument -> {
                    var description = properties.object(argument.name()).text("description");
                    boolean needed = required.contains(Json.of(argument.name()));
                    return new Prompt.Argument(argument.name(), description == null ? "" : description, needed, null);
                })
                .toList();
    }

    @SuppressWarnings("unchecked") // the method's return type says so
    private Function<Object, List<Message>> writer() {
        ResolvedType type = method.resultType();
        var raw = type.raw();
        if (raw == String.class) {
            return value -> List.of(Message.user((String) value));
        }
        if (Content.class.isAssignableFrom(raw)) {
            return value -> List.of(Message.user((Content) value));
        }
        if (raw == Message.class) {
            return value -> List.of((Message) value);
        }
        if (ToolResults.isCollection(type, Message.class)) {
            return value -> List.copyOf((Collection<Message>) value);
        }
        throw method.refused("a prompt returns a String, Content, Prompt.Message, or a list of Prompt.Message.");
    }
}
