package io.breakwater.core.presentation.call;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates the request ids of logs and errors: a random prefix for the process, and the number of the request, permuted
 * with a random key of the process, so that an id does not reveal how many requests other callers sent. The ids are
 * unique and have 22 characters, such as {@code 4f1c09ab-1y2p0ij32e8e7}. A call stores the number and formats the text on
 * demand, since most ids are never read.
 */
final class RequestIds {
    private static final int ROUNDS = 8;
    private static final int DIGITS = 13; // of an unsigned long with the radix 36
    private static final long HALF = 0xFFFF_FFFFL;

    private final String process =
            Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000_0000, Integer.MAX_VALUE));
    private final long[] keys = new SecureRandom().longs(ROUNDS).toArray();
    private final AtomicLong next = new AtomicLong();

    /** Returns the prefix, without the hyphen that follows it. */
    String process() {
        return process;
    }

    long next() {
        return next.incrementAndGet();
    }

    String text(long number) {
        var digits = Long.toUnsignedString(permute(number), Character.MAX_RADIX);
        return process + "-" + "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** A Feistel network, which maps different numbers to different numbers. */
    private long permute(long number) {
        long left = number >>> 32;
        long right = number & HALF;
        for (long key : keys) {
            long mixed = left ^ (mix(right ^ key) >>> 32);
            left = right;
            right = mixed;
        }
        return left << 32 | right;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
