package io.breakwater.adapter.postgres.codec;

/** Encodes the array types of the catalog, {@code int2vector} and {@code oidvector}: numbers separated by blanks. */
enum VectorEncoder implements ValueEncoder {
    /** The only instance. */
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
