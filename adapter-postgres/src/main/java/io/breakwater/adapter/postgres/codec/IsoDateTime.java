package io.breakwater.adapter.postgres.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Writes dates and times in ISO 8601. The server's form differs: it has a blank instead of the T, zones without minutes
 * ({@code +00}), years before 1 as {@code 0044-03-15 BC} and years after 9999 without a sign. ISO 8601 has a year 0, so
 * 44 BC is -0043. The values {@code infinity} and {@code -infinity} stay as they are.
 */
final class IsoDateTime {
    private static final String BEFORE_CHRIST = " BC";

    private IsoDateTime() {}

    /** Writes a DATE, a TIMESTAMP or a TIMESTAMP WITH TIME ZONE. */
    static void write(byte[] text, int from, int to, JsonBuffer out) {
        byte first = text[from];
        if (first < '0' || first > '9') {
            out.text(text, from, to);
            return;
        }
        out.raw('"');
        int yearEnd = indexOf('-', text, from, to);
        boolean before = text[to - 1] == 'C';
        int end = before ? to - BEFORE_CHRIST.length() : to;
        writeYear(text, from, yearEnd, before, out);
        int blank = indexOf(' ', text, yearEnd, end);
        out.raw(text, yearEnd, blank);
        if (blank < end) {
            out.raw('T');
            writeZonedTime(text, blank + 1, end, out);
        }
        out.raw('"');
    }

    /** Writes a TIME WITH TIME ZONE. */
    static void writeTime(byte[] text, int from, int to, JsonBuffer out) {
        out.raw('"');
        writeZonedTime(text, from, to, out);
        out.raw('"');
    }

    private static void writeYear(byte[] text, int from, int to, boolean before, JsonBuffer out) {
        if (before) {
            int year = Integer.parseInt(new String(text, from, to - from, US_ASCII)) - 1;
            out.raw("-%04d".formatted(year).replace("-0000", "0000").getBytes(US_ASCII));
            return;
        }
        if (to - from > 4) {
            out.raw('+');
        }
        out.raw(text, from, to);
    }

    /** Writes a time of day, and its zone if it has one. */
    private static void writeZonedTime(byte[] text, int from, int to, JsonBuffer out) {
        int zone = from;
        while (zone < to && text[zone] != '+' && text[zone] != '-') {
            zone++;
        }
        out.raw(text, from, zone);
        if (zone == to) {
            return;
        }
        if (to - zone == 3 && text[zone + 1] == '0' && text[zone + 2] == '0') {
            out.raw('Z');
            return;
        }
        out.raw(text, zone, to);
        if (to - zone == 3) {
            out.raw(":00".getBytes(US_ASCII));
        }
    }

    private static int indexOf(char wanted, byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != wanted) {
            at++;
        }
        return at;
    }
}
