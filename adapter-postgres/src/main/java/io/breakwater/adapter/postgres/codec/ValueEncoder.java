package io.breakwater.adapter.postgres.codec;

/**
 * Writes the values of a type as JSON. The input is the text form that the server sends on our connections ({@code
 * DateStyle ISO}, {@code IntervalStyle iso_8601}, {@code bytea_output hex}, UTF-8).
 */
@FunctionalInterface
interface ValueEncoder {
    /** Writes the value in the bytes between {@code from}, inclusive, and {@code to}, exclusive. */
    void write(byte[] text, int from, int to, JsonBuffer out);

    /** Writes the text as a string. */
    ValueEncoder TEXT = (text, from, to, out) -> out.text(text, from, to);

    /** Writes a number that is always finite. */
    ValueEncoder INTEGER = (text, from, to, out) -> out.raw(text, from, to);

    /** Writes a number without loss of precision; NaN and the infinities become strings. */
    ValueEncoder NUMBER = ValueEncoder::number;

    /** Writes true or false. */
    ValueEncoder BOOLEAN = (text, from, to, out) -> out.raw(text[from] == 't' ? JsonLiterals.TRUE : JsonLiterals.FALSE);

    /** Writes a JSON value unchanged. */
    ValueEncoder JSON = (text, from, to, out) -> out.document(text, from, to);

    /** Writes bytes as base64, from hexadecimal digits. */
    ValueEncoder BYTES = (text, from, to, out) -> out.base64(HexText.decode(text, from, to));

    private static void number(byte[] text, int from, int to, JsonBuffer out) {
        byte last = text[to - 1];
        if (last >= '0' && last <= '9') {
            out.raw(text, from, to);
        } else {
            out.text(text, from, to);
        }
    }
}
