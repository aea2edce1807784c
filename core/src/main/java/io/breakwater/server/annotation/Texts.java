package io.breakwater.server.annotation;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.ParametersCodec.TextReader;
import io.breakwater.server.mcp.McpException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Texts of annotations, and arguments that arrive as texts. */
final class Texts {
    private Texts() {}

    /** Passes the text to the consumer, unless it is empty, which stands for none in an annotation. */
    static void ifPresent(@Nullable String text, Consumer<String> consumer) {
        if (text != null && !text.isEmpty()) {
            consumer.accept(text);
        }
    }

    /** Refuses a blank description. */
    static void requireDescription(AnnotatedMethod method, String description, String annotation) {
        if (description.isBlank()) {
            throw method.refused("the description is empty. Set description = \"…\" in " + annotation + ".");
        }
    }

    /**
     * Returns the values of the parameters.
     *
     * @param target the resource or the prompt, for messages
     */
    static @Nullable Object[] bind(TextReader reader, Map<String, String> texts, String target) {
        return switch (reader.read(texts)) {
            case BindingResult.Value(var values) -> values;
            case BindingResult.Refused<?> refused ->
                throw McpException.invalidParams(target + ": " + refused.message());
        };
    }
}
