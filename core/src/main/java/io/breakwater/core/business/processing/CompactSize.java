package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Computes the size of a value as compact JSON in UTF-8, without encoding it. It stops at a limit, so that a value that
 * is far too large costs no more than one that just fits.
 */
final class CompactSize {
    private static final int MAX_EXPONENT = 1_000_000_000;
    private static final int ESCAPED = 2;
    private static final int UNICODE_ESCAPE = 6;

    private final long limit;
    private final int maxDepth;
    private long bytes;

    private CompactSize(long limit, int maxDepth) {
        this.limit = limit;
        this.maxDepth = maxDepth;
    }

    /**
     * Returns the size of the value in bytes, or a number above the limit.
     *
     * @throws ProcessingException if the value nests deeper than {@code maxDepth}, or holds a number with a very large
     *     exponent
     */
    static long of(Json value, long limit, int maxDepth) {
        var size = new CompactSize(limit, maxDepth);
        size.add(value, 0);
        return size.bytes;
    }

    private void add(Json value, int depth) {
        if (bytes > limit) {
            return;
        }
        if (depth > maxDepth) {
            throw new ProcessingException(
                    "The data nests deeper than %d levels; flatten it or send a part.".formatted(maxDepth));
        }
        switch (value) {
            case Json.Obj(var members) -> addMembers(members, depth);
            case Json.Arr(var items) -> addItems(items, depth);
            case Json.Text(var text) -> addText(text);
            case Json.Decimal(var number) -> addNumber(number);
            case Json.Bool bool -> bytes += bool.value() ? "true".length() : "false".length();
            case Json.Null ignored -> bytes += "null".length();
            case Json.Raw(var utf8) -> bytes += utf8.length;
        }
    }

    /** Adds the size of a number. Near the limits of a decimal's exponent, its arithmetic overflows. */
    private void addNumber(BigDecimal number) {
        if (Math.abs((long) number.scale()) > MAX_EXPONENT) {
            throw new ProcessingException(
                    "The data holds a number with an exponent beyond 10^9; send a smaller number.");
        }
        bytes += number.toString().length();
    }

    private void addMembers(Map<String, Json> members, int depth) {
        bytes += brackets(members.size()) + members.size();
        members.forEach((name, value) -> {
            addText(name);
            add(value, depth + 1);
        });
    }

    private void addItems(List<Json> items, int depth) {
        bytes += brackets(items.size());
        items.forEach(item -> add(item, depth + 1));
    }

    /** Returns the size of the brackets and of the commas between entries. */
    private static int brackets(int entries) {
        return 2 + Math.max(0, entries - 1);
    }

    private void addText(String text) {
        bytes += 2;
        for (int i = 0; i < text.length(); i++) {
            bytes += width(text.charAt(i));
        }
    }

    /** Returns the size of a character; each half of a surrogate pair counts two of the four bytes. */
    private static int width(char c) {
        if (c < 0x20) {
            return "\b\f\n\r\t".indexOf(c) >= 0 ? ESCAPED : UNICODE_ESCAPE;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? ESCAPED : 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
