package io.breakwater.core.data.authentication;

import java.time.Duration;

/**
 * The failures of one source. It counts with the generic cell rate algorithm: {@code full} is the time at which the
 * budget is full again, and a failure moves it by one interval. The caller passes the time. Thread-safe.
 */
final class FailureCounter {
    private long full; // guarded by this
    private long lockoutEnd; // guarded by this
    private int lockouts; // guarded by this

    FailureCounter(long now) {
        this.full = now;
        this.lockoutEnd = now;
    }

    synchronized Duration remainingLockout(long now) {
        return Duration.ofNanos(Math.max(0, lockoutEnd - now));
    }

    /** Takes one failure and returns zero; or locks the source out and returns how long. */
    synchronized Duration withdraw(long now, FailureLimit limit) {
        if (lockoutEnd - now > 0) {
            return Duration.ofNanos(lockoutEnd - now);
        }
        if (full - now <= 0) {
            full = now;
            lockouts = now - lockoutEnd > limit.maxLockout().toNanos() ? 0 : lockouts;
        }
        long next = full + limit.interval().toNanos();
        if (next - now > limit.interval().toNanos() * limit.burst()) {
            return lockOut(now, limit);
        }
        full = next;
        return Duration.ZERO;
    }

    private Duration lockOut(long now, FailureLimit limit) {
        long longest = limit.maxLockout().toNanos();
        long length = limit.firstLockout().toNanos();
        for (int i = 0; i < lockouts && length < longest; i++) {
            length *= 2;
        }
        lockouts++;
        length = Math.min(length, longest);
        lockoutEnd = now + length;
        return Duration.ofNanos(length);
    }

    synchronized void refund(FailureLimit limit) {
        full -= limit.interval().toNanos();
    }
}
