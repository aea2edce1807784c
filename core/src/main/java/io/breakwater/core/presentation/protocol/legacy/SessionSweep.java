package io.breakwater.core.presentation.protocol.legacy;

import java.time.Duration;

/**
 * How often a process checks the state of its sessions. A session whose client keeps a stream or a call open without
 * sending messages is renewed in its store when a third of the idle timeout has passed, so that two more attempts are
 * left if the store is not available.
 *
 * @param interval the time between two checks
 * @param checksToRenewal the number of checks without a message after which a session is renewed
 */
record SessionSweep(Duration interval, int checksToRenewal) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    static SessionSweep of(Duration idleTimeout) {
        var third = idleTimeout.dividedBy(3);
        var interval = third.compareTo(LONGEST) > 0 ? LONGEST : third.compareTo(SHORTEST) < 0 ? SHORTEST : third;
        long checks = Math.clamp(third.dividedBy(interval), 1, Integer.MAX_VALUE);
        return new SessionSweep(interval, (int) checks);
    }
}
