package io.breakwater.adapter.postgres.codec;

/** The catalogue's own kind of arrays, {@code int2vector} and {@code oidvector}: numbers with blanks between them. */
enum VectorEncoder implements ValueEncoder {
    /** The only one. */
    NUMBERS;

    @Override
    public void write(byte[] text, int from, int to, JsonBuffer out) {
        out.raw('[');
        for (int i = from; i < to; i++) {
            out.raw(text[i] == ' ' ? ',' : (char) text[i]);
        }
        out.raw(']');
    }
}
