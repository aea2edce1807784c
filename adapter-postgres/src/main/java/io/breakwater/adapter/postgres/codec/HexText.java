package io.breakwater.adapter.postgres.codec;

/** Decodes the server's text form of bytes: {@code \x}, then two hexadecimal digits for each byte. */
final class HexText {
    private static final int PREFIX = 2;

    private HexText() {}

    static byte[] decode(byte[] text, int from, int to) {
        var bytes = new byte[(to - from - PREFIX) / 2];
        for (int i = 0, at = from + PREFIX; i < bytes.length; i++, at += 2) {
            bytes[i] = (byte) ((Character.digit(text[at], 16) << 4) | Character.digit(text[at + 1], 16));
        }
        return bytes;
    }
}
