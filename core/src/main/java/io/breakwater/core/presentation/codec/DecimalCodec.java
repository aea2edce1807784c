package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.TreeReader;
import io.breakwater.port.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** Converts numbers that a {@code long} cannot hold. It refuses values that JSON does not have, such as infinity. */
abstract sealed class DecimalCodec implements TypeCodec {

    @Override
    public final Object read(JsonNode json) {
        if (!json.isNumber()) {
            throw new BindingException("must be a number");
        }
        return convert(json);
    }

    abstract Object convert(JsonNode number);

    @Override
    public void write(Object value, JsonWriter out) {
        out.ascii(value.toString());
    }

    private static void check(boolean finite, Object value) {
        if (!finite) {
            throw new BindingException(
                    "is " + value + ", which is not a number in JSON. Use null if there is no value.");
        }
    }

    /** {@code double}. */
    static final class OfDouble extends DecimalCodec {
        @Override
        Object convert(JsonNode number) {
            double value = number.isIntegralNumber() && number.canConvertToLong()
                    ? number.longValue()
                    : number.decimalValue().doubleValue();
            if (Double.isInfinite(value)) {
                throw new BindingException("is out of range");
            }
            return value;
        }

        @Override
        public void write(Object value, JsonWriter out) {
            check(Double.isFinite((double) value), value);
            super.write(value, out);
        }
    }

    /** {@code float}. */
    static final class OfFloat extends DecimalCodec {
        @Override
        Object convert(JsonNode number) {
            float value = number.decimalValue().floatValue();
            if (Float.isInfinite(value)) {
                throw new BindingException("is out of range");
            }
            return value;
        }

        @Override
        public void write(Object value, JsonWriter out) {
            check(Float.isFinite((float) value), value);
            super.write(value, out);
        }
    }

    /** {@code BigDecimal}, with the digits as written. */
    static final class OfDecimal extends DecimalCodec {
        @Override
        Object convert(JsonNode number) {
            return number.decimalValue();
        }
    }

    /**
     * {@code BigInteger}, up to the maximum length of a number. {@code 1e99999} takes seven bytes as JSON and forty
     * thousand as an integer, so a short list of such numbers would fill the memory.
     */
    static final class OfInteger extends DecimalCodec {
        @Override
        Object convert(JsonNode number) {
            return number.isBigInteger() ? number.bigIntegerValue() : exact(number.decimalValue());
        }

        private static BigInteger exact(BigDecimal value) {
            if (Math.abs((long) value.precision() - value.scale()) > TreeReader.MAX_NUMBER_LENGTH) {
                throw refused();
            }
            try {
                return value.toBigIntegerExact();
            } catch (ArithmeticException fraction) {
                throw refused();
            }
        }

        private static BindingException refused() {
            return new BindingException("must be an integer of at most " + TreeReader.MAX_NUMBER_LENGTH + " digits");
        }
    }
}
