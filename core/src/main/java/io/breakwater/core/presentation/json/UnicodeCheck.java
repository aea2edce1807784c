package io.breakwater.core.presentation.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Checks whether the bytes of a JSON document are Unicode text: strict UTF-8, and no escape that is half a surrogate
 * pair. The parser accepts both, and two lenient parsers may disagree. The parser also accepts UTF-16 and UTF-32, in
 * which one of the first two bytes is 0; no JSON document in UTF-8 has such a byte.
 *
 * <p>Nearly every message is ASCII without escapes. One pass over eight bytes at a time finds this out; only other
 * messages are checked in detail.
 */
final class UnicodeCheck {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long BACKSLASHES = '\\' * LOW_BITS;

    /** The length of an escape with its four digits. */
    private static final int ESCAPE_LENGTH = 6;

    /** The number of characters that are decoded at a time and discarded. */
    private static final int CHUNK_SIZE = 4_096;

    private UnicodeCheck() {}

    static boolean text(byte[] utf8) {
        if (utf8.length > 1 && (utf8[0] == 0 || utf8[1] == 0)) {
            return false;
        }
        long high = 0;
        long backslash = 0;
        int i = 0;
        for (; i + Long.BYTES <= utf8.length; i += Long.BYTES) {
            long eight = (long) LONGS.get(utf8, i);
            high |= eight;
            long zeros = eight ^ BACKSLASHES;
            backslash |= (zeros - LOW_BITS) & ~zeros;
        }
        for (; i < utf8.length; i++) {
            high |= utf8[i];
            backslash |= utf8[i] == '\\' ? HIGH_BITS : 0;
        }
        return ((backslash & HIGH_BITS) == 0 || pairsSurrogates(utf8)) && ((high & HIGH_BITS) == 0 || isUtf8(utf8));
    }

    private static boolean isUtf8(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(Math.min(bytes.length, CHUNK_SIZE));
        var result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isUnderflow();
    }

    /** Returns whether all surrogate escapes are pairs. Invalid escapes are left to the parser. */
    private static boolean pairsSurrogates(byte[] bytes) {
        int i = 0;
        while (i + 1 < bytes.length) {
            if (bytes[i] != '\\') {
                i++;
                continue;
            }
            int unit = unit(bytes, i);
            if (isLow(unit)) {
                return false;
            }
            boolean high = unit >= 0 && Character.isHighSurrogate((char) unit);
            if (high && !isLow(unit(bytes, i + ESCAPE_LENGTH))) {
                return false;
            }
            i += high ? 2 * ESCAPE_LENGTH : 2;
        }
        return true;
    }

    private static boolean isLow(int unit) {
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    /** Returns the code unit of the escape at this index, or -1. */
    private static int unit(byte[] bytes, int at) {
        if (at + ESCAPE_LENGTH > bytes.length || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE_LENGTH; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
