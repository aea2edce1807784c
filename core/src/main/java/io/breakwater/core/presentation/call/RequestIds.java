package io.breakwater.core.presentation.call;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates the request ids of logs: a random prefix for the process and a number. The ids are unique, but not secret.
 * A call stores the number and formats the text on demand, since most ids are never read.
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
