package io.breakwater.adapter.postgres.codec;

/**
 * How a type's values are written as JSON, from the text form that the server sends in a session of ours ({@code
 * DateStyle ISO}, {@code IntervalStyle iso_8601}, {@code bytea_output hex}, UTF-8).
 */
@FunctionalInterface
interface Form {
    /** Writes the value between these places. */
    void write(byte[] text, int from, int to, JsonBytes out);

    /** As a string, as it is. */
    Form TEXT = (text, from, to, out) -> out.text(text, from, to);

    /** As a number that is always finite. */
    Form INTEGER = (text, from, to, out) -> out.raw(text, from, to);

    /** As a number without loss; what is no number (NaN, the infinities) as a string. */
    Form NUMBER = Form::number;

    /** As true or false. */
    Form BOOLEAN = (text, from, to, out) -> out.raw(text[from] == 't' ? Literals.TRUE : Literals.FALSE);

    /** As the value it is. */
    Form JSON = (text, from, to, out) -> out.document(text, from, to);

    /** As base64, from hexadecimal digits. */
    Form BYTES = (text, from, to, out) -> out.base64(Hex.decode(text, from, to));

    private static void number(byte[] text, int from, int to, JsonBytes out) {
        byte last = text[to - 1];
        if (last >= '0' && last <= '9') {
            out.raw(text, from, to);
        } else {
            out.text(text, from, to);
        }
    }
}
