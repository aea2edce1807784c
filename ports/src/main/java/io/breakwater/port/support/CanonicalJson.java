package io.breakwater.port.support;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Encodes JSON values as bytes so that equal values have equal bytes and different values have different bytes. The
 * encoding is the same on every host and in every process; it does not depend on the order of members or on the
 * notation of a number.
 *
 * <p>Every value begins with a letter. {@code n t f} are null, true and false. A number is {@code d}, a length and its
 * digits without trailing zeros, {@code e}, exponent: {@code 1}, {@code 1.0} and {@code 10e-1} are all {@code 1e0},
 * {@code 1e999999999} takes twelve characters, and no number is converted to {@code double}. A text is {@code s}, its
 * length and its UTF-16 units, so that even a lone surrogate has a distinct encoding. An array is {@code a}, its size
 * and its items; an object {@code o}, its size and its members, sorted by name. Lengths are 32 bits, big-endian.
 */
public final class CanonicalJson {
    private byte[] out = new byte[256];
    private int size;

    private CanonicalJson() {}

    /**
     * Returns the encoding of a value.
     *
     * @throws IllegalArgumentException if the value holds raw bytes, which have no unique encoding; parse them first
     */
    public static byte[] bytes(Json value) {
        var canonical = new CanonicalJson();
        canonical.write(value);
        return Arrays.copyOf(canonical.out, canonical.size);
    }

    private void write(Json value) {
        switch (value) {
            case Json.Null ignored -> writeByte('n');
            case Json.Bool bool -> writeByte(bool.value() ? 't' : 'f');
            case Json.Decimal(var number) -> writeNumber(number);
            case Json.Text(var text) -> writeText(text);
            case Json.Arr(var items) -> writeItems(items);
            case Json.Obj(var members) -> writeMembers(members);
            case Json.Raw ignored ->
                throw new IllegalArgumentException("Raw JSON bytes have no canonical form; parse them first.");
        }
    }

    private void writeNumber(BigDecimal number) {
        var form = digits(number);
        writeHead('d', form.length());
        reserve(form.length());
        for (int i = 0; i < form.length(); i++) {
            out[size++] = (byte) form.charAt(i);
        }
    }

    /** Strips trailing zeros. {@code BigDecimal.stripTrailingZeros} fails if the exponent would exceed 32 bits. */
    private static String digits(BigDecimal number) {
        if (number.signum() == 0) {
            return "0e0";
        }
        var digits = number.unscaledValue().toString();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        long exponent = (long) digits.length() - end - number.scale();
        return digits.substring(0, end) + "e" + exponent;
    }

    private void writeText(String text) {
        writeHead('s', text.length());
        reserve(text.length() * Character.BYTES);
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            out[size++] = (byte) (unit >>> Byte.SIZE);
            out[size++] = (byte) unit;
        }
    }

    private void writeItems(List<Json> items) {
        writeHead('a', items.size());
        items.forEach(this::write);
    }

    private void writeMembers(Map<String, Json> members) {
        writeHead('o', members.size());
        var names = members.keySet().toArray(String[]::new);
        Arrays.sort(names);
        for (var name : names) {
            writeText(name);
            write(Objects.requireNonNull(members.get(name)));
        }
    }

    private void writeHead(char kind, int length) {
        writeByte(kind);
        reserve(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out[size++] = (byte) (length >>> shift);
        }
    }

    private void writeByte(char letter) {
        reserve(1);
        out[size++] = (byte) letter;
    }

    private void reserve(int bytes) {
        if (out.length - size < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, Math.addExact(size, bytes)));
        }
    }
}
