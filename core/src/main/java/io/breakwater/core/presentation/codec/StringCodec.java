package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.time.DateTimeException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A type that is a text on the wire.
 *
 * @param <T> the type
 */
final class StringCodec<T> implements TypeCodec {
    private final String wanted;
    private final Function<String, T> parser;
    private final Function<T, String> printer;

    /**
     * Texts that are read and written by these.
     *
     * @param wanted what a text has to be, with an example where it helps
     * @param parser throws {@code IllegalArgumentException} or {@code DateTimeException} at any other text
     */
    StringCodec(String wanted, Function<String, T> parser, Function<T, String> printer) {
        this.wanted = wanted;
        this.parser = parser;
        this.printer = printer;
    }

    @Override
    public Object read(JsonNode json) {
        if (!json.isString()) {
            throw misfit();
        }
        try {
            return parser.apply(json.stringValue());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw misfit();
        }
    }

    private BindingException misfit() {
        return new BindingException("must be " + wanted);
    }

    /** Scalars are known by their class, so a value is of it. */
    @Override
    @SuppressWarnings("unchecked")
    public void write(Object value, JsonWriter out) {
        out.string(printer.apply((T) value));
    }
}
