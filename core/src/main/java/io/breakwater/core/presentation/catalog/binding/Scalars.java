package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The schemas of types that are one JSON value, or any. */
final class Scalars {
    private static final String LOCAL_TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";
    private static final String LOCAL_DATE = "\\d{4}-\\d{2}-\\d{2}";
    private static final Map<Class<?>, Json.Obj> SCHEMAS = schemas();

    private Scalars() {}

    /** The schema of that type, or null when it is none of these. */
    static Json.@Nullable Obj of(Class<?> type) {
        return SCHEMAS.get(type);
    }

    /** Whether values of that type are texts on the wire. */
    static boolean isText(Class<?> type) {
        var schema = of(type);
        return schema != null && "string".equals(schema.text("type"));
    }

    private static Map<Class<?>, Json.Obj> schemas() {
        var all = new HashMap<Class<?>, Json.Obj>();
        texts(all);
        numbers(all);
        times(all);
        json(all);
        return Map.copyOf(all);
    }

    private static void texts(Map<Class<?>, Json.Obj> all) {
        all.put(String.class, type("string"));
        all.put(UUID.class, format("uuid"));
        all.put(URI.class, format("uri"));
        both(
                all,
                char.class,
                Character.class,
                Json.object().put("type", "string").put("minLength", 1).put("maxLength", 1));
        all.put(
                byte[].class,
                Json.object()
                        .put("type", "string")
                        .put("contentEncoding", "base64")
                        .build());
        both(all, boolean.class, Boolean.class, Json.object().put("type", "boolean"));
    }

    private static void numbers(Map<Class<?>, Json.Obj> all) {
        both(all, byte.class, Byte.class, integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
        both(all, short.class, Short.class, integer(Short.MIN_VALUE, Short.MAX_VALUE));
        // Bounds of twenty digits would say little, cost every list, and come out wrong where numbers are doubles:
        // what is out of range is refused when it is bound.
        both(all, int.class, Integer.class, Json.object().put("type", "integer"));
        both(all, long.class, Long.class, Json.object().put("type", "integer"));
        both(all, float.class, Float.class, Json.object().put("type", "number"));
        both(all, double.class, Double.class, Json.object().put("type", "number"));
        all.put(BigDecimal.class, type("number"));
        all.put(BigInteger.class, type("integer"));
    }

    private static void times(Map<Class<?>, Json.Obj> all) {
        all.put(Instant.class, format("date-time"));
        all.put(OffsetDateTime.class, format("date-time"));
        all.put(ZonedDateTime.class, format("date-time"));
        all.put(OffsetTime.class, format("time"));
        all.put(LocalDate.class, format("date"));
        all.put(Duration.class, format("duration"));
        all.put(Period.class, format("duration"));
        // JSON Schema's own formats for these ask for a zone, which the types do not have.
        all.put(LocalTime.class, pattern(LOCAL_TIME));
        all.put(LocalDateTime.class, pattern(LOCAL_DATE + "T" + LOCAL_TIME));
        all.put(YearMonth.class, pattern("\\d{4}-(0[1-9]|1[0-2])"));
        all.put(ZoneId.class, type("string"));
    }

    private static void json(Map<Class<?>, Json.Obj> all) {
        all.put(Json.class, Json.Obj.EMPTY);
        all.put(Json.Obj.class, type("object"));
        all.put(Json.Arr.class, type("array"));
    }

    private static void both(
            Map<Class<?>, Json.Obj> all, Class<?> primitive, Class<?> boxed, Json.ObjectBuilder schema) {
        all.put(primitive, schema.build());
        all.put(boxed, schema.build());
    }

    private static Json.ObjectBuilder integer(long min, long max) {
        return Json.object().put("type", "integer").put("minimum", min).put("maximum", max);
    }

    private static Json.Obj type(String type) {
        return Json.object().put("type", type).build();
    }

    private static Json.Obj format(String format) {
        return Json.object().put("type", "string").put("format", format).build();
    }

    private static Json.Obj pattern(String whole) {
        return Json.object()
                .put("type", "string")
                .put("pattern", "^" + whole + "$")
                .build();
    }
}
