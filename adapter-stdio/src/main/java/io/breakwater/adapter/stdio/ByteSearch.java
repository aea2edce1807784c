package io.breakwater.adapter.stdio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches for a byte, eight bytes at a time. A word that is XORed with the byte in every position has a zero byte at
 * each occurrence, and {@code (x - 0x01…) & ~x & 0x80…} marks the lowest of them (Hacker's Delight, section 6-1).
 */
final class ByteSearch {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /**
     * Returns the first index of a byte from {@code from} (inclusive) to {@code to} (exclusive); -1 when there is none.
     */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        var pattern = (wanted & 0xFF) * ONES;
        var index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            var word = (long) WORD.get(bytes, index) ^ pattern;
            var found = (word - ONES) & ~word & HIGH_BITS;
            if (found != 0) {
                return index + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (index < to && bytes[index] != wanted) {
            index++;
        }
        return index < to ? index : -1;
    }
}
