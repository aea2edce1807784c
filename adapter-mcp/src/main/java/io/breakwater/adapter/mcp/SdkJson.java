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
 * Converts between the SDK's Java objects and {@link Json}.
 *
 * <p>The SDK's own mapper writes objects, so that clients receive the same JSON as from the SDK's server. In the other
 * direction, a value becomes the maps, lists and numbers that the SDK passes to a handler: {@code Integer},
 * {@code Long} or {@code BigInteger} for whole numbers, {@code Double} for all others. Handlers cast to these types.
 */
final class SdkJson {
    private static final TypeRef<Object> ANY = new TypeRef<>() {};

    private final McpJsonMapper mapper;

    SdkJson(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns the JSON that the SDK sends for an object. */
    Json.Obj object(Object value) {
        return value(value) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    }

    /** Returns the JSON that the SDK sends for a value. */
    Json value(@Nullable Object value) {
        try {
            return value == null ? Json.Null.NULL : SdkJsonReader.parse(mapper.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Converts a JSON object to a message type of the SDK. */
    <T> T typed(Json.Obj value, TypeRef<T> type) {
        return mapper.convertValue(map(value), type);
    }

    /** Returns the members as the SDK passes them to a handler. */
    Map<String, Object> map(Json.Obj object) {
        var map =
                LinkedHashMap.<String, Object>newLinkedHashMap(object.members().size());
        object.members().forEach((name, value) -> put(map, name, plain(value)));
        return map;
    }

    /** Puts null values too, as the SDK does; its maps have no nullness annotations. */
    @SuppressWarnings("NullAway")
    private static void put(Map<String, Object> map, String name, @Nullable Object value) {
        map.put(name, value);
    }

    /** Returns the value as the SDK passes it to a handler. */
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
