package io.breakwater.core.business.recall;

import io.breakwater.port.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One byte sequence for all JSON texts of one value, and different ones for different values: the same on every host, in
 * every process, whatever the order of members and however a number is written.
 *
 * <p>Every value begins with a letter. {@code n t f} are null, true and false. A number is {@code d}, a length and its
 * digits without trailing zeros, {@code e}, exponent: {@code 1}, {@code 1.0} and {@code 10e-1} are all {@code 1e0},
 * {@code 1e999999999} takes twelve characters, and nothing passes through {@code double}. A text is {@code s}, its length
 * and its UTF-16 units, so that even a lone surrogate has a form of its own. An array is {@code a}, its size and its
 * items; an object {@code o}, its size and its members, sorted by name. Lengths are 32 bits, big-endian.
 */
final class Canonical {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    private Canonical() {}

    /**
     * The bytes of a value.
     *
     * @throws IllegalArgumentException when it holds raw bytes, which may be written in many ways: parse them first
     */
    static byte[] bytes(Json value) {
        var canonical = new Canonical();
        canonical.write(value);
        return canonical.out.toByteArray();
    }

    private void write(Json value) {
        switch (value) {
            case Json.Null ignored -> out.write('n');
            case Json.Bool bool -> out.write(bool.value() ? 't' : 'f');
            case Json.Decimal(var number) -> writeNumber(number);
            case Json.Text(var text) -> writeText(text);
            case Json.Arr(var items) -> writeItems(items);
            case Json.Obj(var members) -> writeMembers(new TreeMap<>(members));
            case Json.Raw ignored -> throw new IllegalArgumentException("raw bytes have no canonical form");
        }
    }

    private void writeNumber(BigDecimal number) {
        var form = digits(number).getBytes(StandardCharsets.US_ASCII);
        out.write('d');
        writeInt(form.length);
        out.writeBytes(form);
    }

    /** BigDecimal strips zeros itself, but fails where that takes the exponent beyond 32 bits. */
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
        out.write('s');
        writeInt(text.length());
        var units = ByteBuffer.allocate(text.length() * Character.BYTES);
        units.asCharBuffer().put(text);
        out.writeBytes(units.array());
    }

    private void writeItems(List<Json> items) {
        out.write('a');
        writeInt(items.size());
        items.forEach(this::write);
    }

    private void writeMembers(Map<String, Json> sorted) {
        out.write('o');
        writeInt(sorted.size());
        sorted.forEach((name, value) -> {
            writeText(name);
            write(value);
        });
    }

    private void writeInt(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
}
