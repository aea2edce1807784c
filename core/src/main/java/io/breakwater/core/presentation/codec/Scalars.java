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

/** The types that are one JSON value, or any. Each is described when it is first asked for. */
final class Scalars {
    private static final ClassValue<@Nullable Scalar> KNOWN = new ClassValue<>() {
        @Override
        protected @Nullable Scalar computeValue(Class<?> type) {
            return describe(type);
        }
    };

    private Scalars() {}

    /** What is known of that type, or null when it is none of these. */
    static @Nullable Scalar of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static @Nullable Scalar describe(Class<?> type) {
        var text = text(type);
        if (text != null) {
            return text;
        }
        var number = number(type);
        if (number != null) {
            return number;
        }
        var time = Times.of(type);
        return time == null ? json(type) : time;
    }

    private static @Nullable Scalar text(Class<?> type) {
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
            return text(schema, "one UTF-16 character", Scalars::character, String::valueOf);
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

    /** A text that keeps to this, besides being one. */
    static <T> Scalar text(
            Json.ObjectBuilder rules, String wanted, Function<String, T> parser, Function<T, String> printer) {
        var schema = type("string");
        rules.build().members().forEach(schema::put);
        return new Scalar(schema.build(), new TextForm<>(wanted, parser, printer));
    }

    private static @Nullable Scalar number(Class<?> type) {
        var integer = integer(type);
        if (integer != null) {
            return integer;
        }
        if (type == double.class || type == Double.class) {
            return new Scalar(type("number").build(), new NumberForm.OfDouble());
        }
        if (type == float.class || type == Float.class) {
            return new Scalar(type("number").build(), new NumberForm.OfFloat());
        }
        if (type == BigDecimal.class) {
            return new Scalar(type("number").build(), new NumberForm.OfDecimal());
        }
        return type == BigInteger.class ? new Scalar(type("integer").build(), new NumberForm.OfInteger()) : null;
    }

    /**
     * Bounds of twenty digits would say little, cost every list, and come out wrong where numbers are doubles: what is out
     * of their range is refused when it is bound.
     */
    private static @Nullable Scalar integer(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new Scalar(
                    type("integer").build(), new WholeForm(Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value));
        }
        if (type == long.class || type == Long.class) {
            return new Scalar(type("integer").build(), new WholeForm(Long.MIN_VALUE, Long.MAX_VALUE, value -> value));
        }
        if (type == short.class || type == Short.class) {
            return integer(Short.MIN_VALUE, Short.MAX_VALUE, value -> (short) value);
        }
        return type == byte.class || type == Byte.class
                ? integer(Byte.MIN_VALUE, Byte.MAX_VALUE, value -> (byte) value)
                : null;
    }

    private static Scalar integer(long min, long max, LongFunction<Object> box) {
        var schema = type("integer").put("minimum", min).put("maximum", max);
        return new Scalar(schema.build(), new WholeForm(min, max, box));
    }

    private static @Nullable Scalar json(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return new Scalar(type("boolean").build(), new BooleanForm());
        }
        if (type == Json.class) {
            return new Scalar(Json.Obj.EMPTY, new JsonForm(Json.class));
        }
        if (type == Json.Obj.class) {
            return new Scalar(type("object").build(), new JsonForm(Json.Obj.class));
        }
        return type == Json.Arr.class ? new Scalar(type("array").build(), new JsonForm(Json.Arr.class)) : null;
    }

    private static Json.ObjectBuilder type(String type) {
        return Json.object().put("type", type);
    }
}
