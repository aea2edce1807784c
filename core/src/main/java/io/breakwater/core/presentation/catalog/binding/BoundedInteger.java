package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.json.Mapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads integers of any size that somebody has bothered to write out. {@code 1e99999} is seven bytes on the wire and
 * forty thousand as an integer, so a short list of them would fill the memory.
 */
final class BoundedInteger extends ValueDeserializer<BigInteger> {

    @Override
    public BigInteger deserialize(JsonParser parser, DeserializationContext context) {
        if (!parser.currentToken().isNumeric()) {
            throw refused(context);
        }
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.precision() - value.scale()) > Mapper.MAX_NUMBER_LENGTH) {
            throw refused(context);
        }
        try {
            return value.toBigIntegerExact();
        } catch (ArithmeticException fraction) {
            throw refused(context);
        }
    }

    private static RuntimeException refused(DeserializationContext context) {
        return context.weirdNumberException(0, BigInteger.class, "too long or no integer");
    }
}
