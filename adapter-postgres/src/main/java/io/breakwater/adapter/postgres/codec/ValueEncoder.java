package io.breakwater.adapter.postgres.codec;

/**
 * How a type's values are written as JSON, from the text form that the server sends in a session of ours ({@code
 * DateStyle ISO}, {@code IntervalStyle iso_8601}, {@code bytea_output hex}, UTF-8).
 */
@FunctionalInterface
interface ValueEncoder {
    /** Writes the value between these places. */
    void write(byte[] text, int from, int to, JsonBuffer out);

    /** As a string, as it is. */
    ValueEncoder TEXT = (text, from, to, out) -> out.text(text, from, to);

    /** As a number that is always finite. */
    ValueEncoder INTEGER = (text, from, to, out) -> out.raw(text, from, to);

    /** As a number without loss; what is no number (NaN, the infinities) as a string. */
    ValueEncoder NUMBER = ValueEncoder::number;

    /** As true or false. */
    ValueEncoder BOOLEAN = (text, from, to, out) -> out.raw(text[from] == 't' ? JsonLiterals.TRUE : JsonLiterals.FALSE);

    /** As the value it is. */
    ValueEncoder JSON = (text, from, to, out) -> out.document(text, from, to);

    /** As base64, from hexadecimal digits. */
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
