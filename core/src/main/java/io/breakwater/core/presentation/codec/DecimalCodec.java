package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.TreeReader;
import io.breakwater.port.JsonWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;

/** A number that a {@code long} cannot hold. Not for those JSON has no word for, such as infinity. */
abstract sealed class DecimalCodec implements TypeCodec {

    @Override
    public final Object read(JsonNode json) {
        if (!json.isNumber()) {
            throw new BindingException("must be a number");
        }
        return of(json);
    }

    abstract Object of(JsonNode number);

    @Override
    public void write(Object value, JsonWriter out) {
        out.ascii(value.toString());
    }

    private static void check(boolean finite, Object value) {
        if (!finite) {
            throw new BindingException("is " + value + ", which is no number in JSON. Give null where there is none.");
        }
    }

    /** {@code double}. */
    static final class OfDouble extends DecimalCodec {
        @Override
        Object of(JsonNode number) {
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
        Object of(JsonNode number) {
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

    /** Exactly as written. */
    static final class OfDecimal extends DecimalCodec {
        @Override
        Object of(JsonNode number) {
            return number.decimalValue();
        }
    }

    /**
     * Integers of any size that somebody has bothered to write out. {@code 1e99999} is seven bytes on the wire and
     * forty thousand as an integer, so a short list of them would fill the memory.
     */
    static final class OfInteger extends DecimalCodec {
        @Override
        Object of(JsonNode number) {
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
