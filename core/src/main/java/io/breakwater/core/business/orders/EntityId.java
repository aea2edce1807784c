package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The id of a user or an order, which a caller or a service supplies, and which becomes one segment of a path. */
final class EntityId {
    private static final int MAX_LENGTH = 200;
    private static final int MAX_DIGITS = 40;
    private static final String SEPARATORS = "/\\%;?#";
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private EntityId() {}

    /** Returns the text of an id; null if the value cannot be one. */
    static @Nullable String of(@Nullable Json id) {
        return switch (id) {
            case Json.Text(var text) when isSegment(text) -> text;
            case Json.Decimal(var number)
            when isInteger(number) -> number.setScale(0).toPlainString();
            case null, default -> null;
        };
    }

    /** Returns the id as JSON; 5.0 is 5. */
    static Json json(Json id) {
        return id instanceof Json.Decimal(var number) ? Json.of(number.setScale(0)) : id;
    }

    /** Returns the id as a segment of a path, in which every character that has a meaning in a path is encoded. */
    static String segment(Json id) {
        var segment = new StringBuilder();
        for (byte octet : Objects.requireNonNull(of(id)).getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(octet) >= 0) {
                segment.append((char) octet);
            } else {
                segment.append('%')
                        .append(Character.toUpperCase(Character.forDigit((octet >> 4) & 0xF, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 0xF, 16)));
            }
        }
        return segment.toString();
    }

    /**
     * Servers and proxies resolve dots and decode segments, some of them twice and in other forms of Unicode. So an id
     * contains none of the characters that separate the parts of a path, is not only dots, and contains neither control
     * characters nor lone surrogates.
     */
    private static boolean isSegment(String text) {
        var read = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
        return !read.isEmpty()
                && text.length() <= MAX_LENGTH
                && read.chars().noneMatch(character -> SEPARATORS.indexOf(character) >= 0)
                && !read.chars().allMatch(character -> character == '.')
                && text.codePoints()
                        .noneMatch(point ->
                                Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }

    /** Compares digits and scale, because 1e999999999 is short, and its digits would fill the memory. */
    private static boolean isInteger(BigDecimal number) {
        return (long) number.precision() - number.scale() <= MAX_DIGITS
                && number.precision() <= MAX_DIGITS
                && (number.signum() == 0 ? Math.abs((long) number.scale()) <= MAX_DIGITS : isWhole(number));
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
