package io.breakwater.core.presentation.codec;

import io.breakwater.port.JsonWriter;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;

/** Converts integers of at most 64 bits, in any notation: {@code 42.0} is 42. */
final class IntegerCodec implements TypeCodec {
    private static final int MAX_DIGITS = 19;

    private final long min;
    private final long max;
    private final LongFunction<Object> box;

    IntegerCodec(long min, long max, LongFunction<Object> box) {
        this.min = min;
        this.max = max;
        this.box = box;
    }

    @Override
    public Object read(JsonNode json) {
        long value = json.isInt() || json.isLong() ? json.longValue() : exact(json);
        if (value < min || value > max) {
            throw new BindingException("is out of range");
        }
        return box.apply(value);
    }

    private static long exact(JsonNode json) {
        if (!json.isNumber()) {
            throw new BindingException("must be an integer");
        }
        var value = json.decimalValue();
        // 1e999999999 is short as JSON, but not as an integer.
        if ((long) value.precision() - value.scale() > MAX_DIGITS) {
            throw new BindingException("is out of range");
        }
        try {
            return value.longValueExact();
        } catch (ArithmeticException e) {
            throw new BindingException(
                    value.stripTrailingZeros().scale() > 0 ? "must be an integer" : "is out of range");
        }
    }

    @Override
    public void write(Object value, JsonWriter out) {
        out.ascii(Long.toString(((Number) value).longValue()));
    }
}
