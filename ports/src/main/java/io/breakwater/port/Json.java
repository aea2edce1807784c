package io.breakwater.port;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON value (RFC 8259), independent of libraries, so that all ports can use it.
 *
 * <p>Numbers are exact decimals and never pass through {@code double}. Objects keep the order of their members.
 * {@link Raw} is a value that is already encoded; code that reads it has to parse it first. {@code toString()} returns
 * the JSON text on one line.
 */
public sealed interface Json {

    /**
     * Reads one JSON text strictly (RFC 8259).
     *
     * @throws JsonSyntaxException if the text is not JSON, has a duplicate name or an unpaired surrogate, more than
     *     500 levels, or a number of more than 1,000 characters
     */
    static Json parse(String text) {
        return new JsonParser(text).document();
    }

    /** An object; members in insertion order, names unique. */
    record Obj(Map<String, Json> members) implements Json {
        /** The object without members. */
        public static final Obj EMPTY = new Obj(Map.of());

        /** Copies the members, so that later changes of the map do not show. */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name, or null when there is none. */
        public @Nullable Json get(String name) {
            return members.get(name);
        }

        /** The text of the member of that name, or null when it is absent or not a string. */
        public @Nullable String text(String name) {
            return members.get(name) instanceof Text(String value) ? value : null;
        }

        /** The object under that name, or the empty object when it is absent or not an object. */
        public Obj object(String name) {
            return members.get(name) instanceof Obj found ? found : EMPTY;
        }

        /** True when there is a member of that name, null included. */
        public boolean has(String name) {
            return members.containsKey(name);
        }

        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /** A string, as Unicode text. */
    record Text(String value) implements Json {
        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /** A number, as an exact decimal; {@code 1.0} and {@code 1} are the same number with different scales. */
    record Decimal(BigDecimal value) implements Json {
        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /** True or false. */
    enum Bool implements Json {
        /** The literal {@code true}. */
        TRUE,
        /** The literal {@code false}. */
        FALSE;

        /** The Java value. */
        public boolean value() {
            return this == TRUE;
        }

        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /** The literal {@code null}. */
    enum Null implements Json {
        /** The only value. */
        NULL;

        @Override
        public String toString() {
            return JsonWriter.text(this);
        }
    }

    /**
     * A complete JSON value that is already encoded in UTF-8; the bytes are not copied and must not be changed. Line
     * breaks become spaces when the value is written.
     */
    record Raw(byte[] utf8) implements Json {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Raw(byte[] bytes) && Arrays.equals(utf8, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(utf8);
        }

        @Override
        public String toString() {
            return new String(utf8, StandardCharsets.UTF_8);
        }
    }

    /** A string. */
    static Json of(String value) {
        return new Text(value);
    }

    /** An integer. */
    static Json of(long value) {
        return new Decimal(BigDecimal.valueOf(value));
    }

    /** A finite number; NaN and the infinities are refused, because JSON has none. */
    static Json of(double value) {
        return new Decimal(BigDecimal.valueOf(value));
    }

    /** A number. */
    static Json of(BigDecimal value) {
        return new Decimal(value);
    }

    /** A boolean. */
    static Json of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    /** An array of these items. */
    static Arr array(Json... items) {
        return new Arr(List.of(items));
    }

    /** An array of these strings. */
    static Arr texts(Iterable<String> values) {
        var items = new java.util.ArrayList<Json>();
        values.forEach(value -> items.add(of(value)));
        return new Arr(items);
    }

    /** Starts an object. */
    static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    /** Collects members in order; a later member of the same name replaces the earlier one. */
    final class ObjectBuilder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private ObjectBuilder() {}

        /** Adds a member. */
        public ObjectBuilder put(String name, Json value) {
            members.put(name, given(name, value));
            return this;
        }

        /** Adds a string member. */
        public ObjectBuilder put(String name, String value) {
            return put(name, of(given(name, value)));
        }

        private static <T> T given(String name, T value) {
            return Objects.requireNonNull(
                    value,
                    () -> "put(\"" + name + "\", ...) does not accept null. Call putIfPresent(...) to omit the member,"
                            + " or pass Json.Null.NULL.");
        }

        /** Adds an integer member. */
        public ObjectBuilder put(String name, long value) {
            return put(name, of(value));
        }

        /** Adds a boolean member. */
        public ObjectBuilder put(String name, boolean value) {
            return put(name, of(value));
        }

        /** Adds a member unless the value is null. */
        public ObjectBuilder putIfPresent(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        /** Adds a string member unless the value is null. */
        public ObjectBuilder putIfPresent(String name, @Nullable String value) {
            return value == null ? this : put(name, value);
        }

        /** The finished object. */
        public Obj build() {
            return new Obj(members);
        }
    }
}
