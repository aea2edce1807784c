package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The border between the SDK's Java objects and {@link Json}.
 *
 * <p>Outwards, an object is written by the SDK's own mapper, so that it looks on our wire as it looks on the SDK's.
 * Inwards, a value becomes the maps, lists and numbers that the SDK hands to a handler: {@code Integer}, {@code Long}
 * or {@code BigInteger} for whole numbers, {@code Double} for all others. Handlers cast to these.
 */
final class SdkJson {
    private static final TypeRef<Object> ANY = new TypeRef<>() {};

    private final McpJsonMapper mapper;

    SdkJson(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    /** What the SDK would send for that object. */
    Json.Obj object(Object value) {
        return value(value) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** What the SDK would send for that value. */
    Json value(@Nullable Object value) {
        try {
            return value == null ? Json.Null.NULL : SdkJsonReader.parse(mapper.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The typed message of the SDK. */
    <T> T typed(Json.Obj value, TypeRef<T> type) {
        return mapper.convertValue(map(value), type);
    }

    /** The members as a handler of the SDK finds them. */
    Map<String, Object> map(Json.Obj object) {
        var map =
                LinkedHashMap.<String, Object>newLinkedHashMap(object.members().size());
        object.members().forEach((name, value) -> put(map, name, plain(value)));
        return map;
    }

    /** As the SDK does, null included; its maps are not annotated. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        map.put(name, value);
    }

    /** The value as a handler of the SDK finds it. */
    @Nullable
    Object plain(Json json) {
        return switch (json) {
            case Json.Obj object -> map(object);
            case Json.Arr(var items) -> list(items);
            case Json.Text(var text) -> text;
            case Json.Decimal(var number) -> number(number);
            case Json.Bool bool -> bool.value();
            case Json.Null ignored -> null;
            case Json.Raw(var utf8) -> read(utf8);
        };
    }

    private List<@Nullable Object> list(List<Json> items) {
        var list = new ArrayList<@Nullable Object>(items.size());
        items.forEach(item -> list.add(plain(item)));
        return list;
    }

    private static Number number(BigDecimal number) {
        if (number.scale() != 0) {
            return number.doubleValue();
        }
        var whole = number.unscaledValue();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
    }

    private Object read(byte[] utf8) {
        try {
            return mapper.readValue(utf8, ANY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
