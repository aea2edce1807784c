package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts parameter values to the text form that the server reads. */
public final class ParameterText {
    private static final int MAX_PLAIN_DIGITS = 1_000;

    private ParameterText() {}

    /**
     * Returns the text of a value; null for null. Objects become JSON; an array becomes a PostgreSQL array, or JSON
     * when the parameter has a JSON type.
     */
    public static @Nullable String of(Json value, boolean arraysAreJson) {
        return switch (value) {
            case Json.Null none -> null;
            case Json.Text(String text) -> text;
            case Json.Decimal(var number) -> number(number);
            case Json.Bool bool -> bool.value() ? "true" : "false";
            case Json.Arr(List<Json> items) when !arraysAreJson -> array(items);
            case Json.Arr arr -> json(arr);
            case Json.Obj obj -> json(obj);
            case Json.Raw raw -> json(raw);
        };
    }

    /** Writes integers without an exponent, which integer types do not accept, unless they have too many digits. */
    private static String number(BigDecimal number) {
        boolean whole = number.scale() <= 0 && (long) number.precision() - number.scale() < MAX_PLAIN_DIGITS;
        return whole ? number.toPlainString() : number.toString();
    }

    private static String array(List<Json> items) {
        var text = new StringBuilder("{");
        for (var item : items) {
            if (text.length() > 1) {
                text.append(',');
            }
            element(item, text);
        }
        return text.append('}').toString();
    }

    private static void element(Json item, StringBuilder text) {
        if (item instanceof Json.Arr(List<Json> items)) {
            text.append(array(items));
            return;
        }
        var value = of(item, false);
        if (value == null) {
            text.append("NULL");
        } else {
            text.append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
    }

    private static String json(Json value) {
        var out = new JsonBuffer();
        write(value, out);
        return new String(out.toByteArray(), UTF_8);
    }

    private static void write(Json value, JsonBuffer out) {
        switch (value) {
            case Json.Null none -> out.writeNull();
            case Json.Text(String text) -> out.text(text.getBytes(UTF_8));
            case Json.Decimal(var number) -> out.raw(number.toString().getBytes(UTF_8));
            case Json.Bool bool -> out.raw(bool.value() ? JsonLiterals.TRUE : JsonLiterals.FALSE);
            case Json.Raw(byte[] utf8) -> out.raw(utf8);
            case Json.Arr(List<Json> items) -> {
                out.raw('[');
                for (int i = 0; i < items.size(); i++) {
                    if (i > 0) {
                        out.raw(',');
                    }
                    write(items.get(i), out);
                }
                out.raw(']');
            }
            case Json.Obj(var members) -> {
                out.raw('{');
                var separator = "";
                for (var member : members.entrySet()) {
                    out.raw(separator.getBytes(UTF_8));
                    out.text(member.getKey().getBytes(UTF_8));
                    out.raw(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.raw('}');
            }
        }
    }
}
