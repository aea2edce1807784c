package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Converts a type that is a string in JSON.
 *
 * @param <T> the type
 */
final class StringCodec<T> implements TypeCodec {
    private final String expected;
    private final Function<String, T> parser;
    private final Function<T, String> printer;

    /**
     * Creates a codec.
     *
     * @param expected the expected form of the string, for error messages, for example {@code a UUID}
     * @param parser converts the string; throws {@code IllegalArgumentException} or {@code DateTimeException} if it is
     *     not valid
     * @param printer converts the value to a string
     */
    StringCodec(String expected, Function<String, T> parser, Function<T, String> printer) {
        this.expected = expected;
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isString()) {
            throw mismatch();
        }
        try {
            return parser.apply(json.stringValue());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw mismatch();
        }
    }

    private BindingException mismatch() {
        return new BindingException("must be " + expected);
    }

    /** The cast is safe because a scalar codec is found by the class of the value. */
    @Override
    @SuppressWarnings("unchecked")
    public void write(Object value, JsonWriter out) {
        out.string(printer.apply((T) value));
    }
}
