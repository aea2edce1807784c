package io.breakwater.adapter.stdio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds a byte eight at a time. A word XORed with the byte in every place has a zero byte where it occurs, and
 * {@code (x - 0x01…) & ~x & 0x80…} marks the lowest of them (Hacker's Delight, section 6-1).
 */
final class ByteSearch {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /** The first place of a byte from {@code from} to before {@code to}; negative when there is none. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        var pattern = (wanted & 0xFF) * ONES;
        var at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            var word = (long) WORD.get(bytes, at) ^ pattern;
            var found = (word - ONES) & ~word & HIGHS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at < to ? at : -1;
    }
}
