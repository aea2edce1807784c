package io.breakwater.core.presentation.call;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names requests for logs: a part drawn at random for the process, and a number. Cheap and unique; no secret. Most are
 * never read, so a call keeps the number and makes the text when asked.
 */
final class RequestIds {
    private final String process =
            Integer.toHexString(ThreadLocalRandom.current().nextInt(0x1000_0000, Integer.MAX_VALUE)) + "-";
    private final AtomicLong next = new AtomicLong();

    long next() {
        return next.incrementAndGet();
    }

    String text(long number) {
        return process + Long.toString(number, Character.MAX_RADIX);
    }
}
