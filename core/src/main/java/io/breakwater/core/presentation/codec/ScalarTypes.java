package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Base64;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The supported scalar types, and {@code Json}. Each is created on first use. */
final class ScalarTypes {
    private static final ClassValue<@Nullable ScalarType> TYPES = new ClassValue<>() {
        @Override
        protected @Nullable ScalarType computeValue(Class<?> type) {
            return describe(type);
        }
    };

    private ScalarTypes() {}

    /** Returns the scalar type of a class, or null if the class is not scalar. */
    static @Nullable ScalarType of(Class<?> type) {
        return TYPES.get(type);
    }

    private static @Nullable ScalarType describe(Class<?> type) {
        var text = text(type);
        if (text != null) {
            return text;
        }
        var number = number(type);
        if (number != null) {
            return number;
        }
        var time = TimeTypes.of(type);
        return time == null ? json(type) : time;
    }

    private static @Nullable ScalarType text(Class<?> type) {
        if (type == String.class) {
            return text(Json.object(), "a string", Function.<String>identity(), Function.identity());
        }
        if (type == UUID.class) {
            return text(format("uuid"), "a UUID", UUID::fromString, UUID::toString);
        }
        if (type == URI.class) {
            return text(format("uri"), "a URI", URI::create, URI::toString);
        }
        if (type == byte[].class) {
            var schema = Json.object().put("contentEncoding", "base64");
            return text(schema, "base64", Base64.getDecoder()::decode, Base64.getEncoder()::encodeToString);
        }
        if (type == char.class || type == Character.class) {
            var schema = Json.object().put("minLength", 1).put("maxLength", 1);
            return text(schema, "one UTF-16 character", ScalarTypes::character, String::valueOf);
        }
        return null;
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    private static Json.ObjectBuilder format(String format) {
        return Json.object().put("format", format);
    }

    /** Returns a string type with these further keywords. */
    static <T> ScalarType text(
            Json.ObjectBuilder keywords, String expected, Function<String, T> parser, Function<T, String> printer) {
        var schema = type("string");
        keywords.build().members().forEach(schema::put);
        return new ScalarType(schema.build(), new StringCodec<>(expected, parser, printer));
    }

    private static @Nullable ScalarType number(Class<?> type) {
        var integer = integer(type);
        if (integer != null) {
            return integer;
        }
        if (type == double.class || type == Double.class) {
            return new ScalarType(type("number").build(), new DecimalCodec.OfDouble());
        }
        if (type == float.class || type == Float.class) {
            return new ScalarType(type("number").build(), new DecimalCodec.OfFloat());
        }
        if (type == BigDecimal.class) {
            return new ScalarType(type("number").build(), new DecimalCodec.OfDecimal());
        }
        return type == BigInteger.class ? new ScalarType(type("integer").build(), new DecimalCodec.OfInteger()) : null;
    }

    /**
     * The schemas of {@code int} and {@code long} have no bounds: bounds of twenty digits would enlarge every list, and
     * are inexact in clients that use doubles. The codec refuses numbers out of range.
     */
    private static @Nullable ScalarType integer(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new ScalarType(
                    type("integer").build(),
                    new IntegerCodec(Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value));
        }
        if (type == long.class || type == Long.class) {
            return new ScalarType(
                    type("integer").build(), new IntegerCodec(Long.MIN_VALUE, Long.MAX_VALUE, value -> value));
        }
        if (type == short.class || type == Short.class) {
            return integer(Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
        }
        return type == byte.class || type == Byte.class
                ? integer(Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value)
                : null;
    }

    private static ScalarType integer(long min, long max, LongFunction<Object> box) {
        var schema = type("integer").put("minimum", min).put("maximum", max);
        return new ScalarType(schema.build(), new IntegerCodec(min, max, box));
    }

    private static @Nullable ScalarType json(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return new ScalarType(type("boolean").build(), new BooleanCodec());
        }
        if (type == Json.class) {
            return new ScalarType(Json.Obj.EMPTY, new JsonCodec(Json.class));
        }
        if (type == Json.Obj.class) {
            return new ScalarType(type("object").build(), new JsonCodec(Json.Obj.class));
        }
        return type == Json.Arr.class ? new ScalarType(type("array").build(), new JsonCodec(Json.Arr.class)) : null;
    }

    private static Json.ObjectBuilder type(String type) {
        return Json.object().put("type", type);
    }
}
