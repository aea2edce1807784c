package io.breakwater.core.data.authentication;

import io.breakwater.core.business.authentication.FailureBudget.Reservation;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The failures of one source. It counts with the generic cell rate algorithm: {@code full} is the time at which the
 * budget is full again, and a failure moves it by one interval. Reservations occupy the rest of the budget without
 * moving it. Thread-safe.
 */
final class FailureCounter {
    /** At most this multiple of the burst waits, so that one source cannot occupy all verifications. */
    private static final long WAITING_PER_FAILURE = 10;

    private final FailureLimit limit;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long full; // guarded by lock, like all that follow
    private long lockoutEnd;
    private int lockouts;
    private int reserved;
    private int waiting;

    FailureCounter(FailureLimit limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        this.full = nanos.getAsLong();
        this.lockoutEnd = full;
    }

    Duration remainingLockout() {
        lock.lock();
        try {
            return Duration.ofNanos(Math.max(0, lockoutEnd - nanos.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /** Takes one failure and returns zero; or returns how long the source is locked out, from now on if need be. */
    Duration withdraw() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            long lockout = lockout(now);
            if (lockout == 0) {
                full += interval();
            }
            return Duration.ofNanos(lockout);
        } finally {
            lock.unlock();
        }
    }

    /** Reserves one failure. Waits while others have reserved the rest of the budget. */
    Reservation reserve(Duration maxWait) {
        lock.lock();
        try {
            return reserveOrWait(nanos.getAsLong() + maxWait.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reservation.Occupied();
        } finally {
            changed.signal(); // the next one may have the same result
            lock.unlock();
        }
    }

    private Reservation reserveOrWait(long deadline) throws InterruptedException {
        while (true) {
            long now = nanos.getAsLong();
            long lockout = lockout(now);
            if (lockout > 0) {
                return new Reservation.LockedOut(Duration.ofNanos(lockout));
            }
            if (fits(reserved + 1, now)) {
                reserved++;
                return new Reserved();
            }
            if (deadline - now <= 0 || waiting >= limit.burst() * WAITING_PER_FAILURE) {
                return new Reservation.Occupied();
            }
            waiting++;
            try {
                long unused = changed.awaitNanos(deadline - now);
            } finally {
                waiting--;
            }
        }
    }

    /** Returns the rest of the lock-out, which begins now if the failures have used the budget up. */
    private long lockout(long now) {
        if (lockoutEnd - now > 0) {
            return lockoutEnd - now;
        }
        if (full - now <= 0) {
            full = now;
            lockouts = now - lockoutEnd > limit.maxLockout().toNanos() ? 0 : lockouts;
        }
        return fits(1, now) ? 0 : lockOut(now);
    }

    private boolean fits(int failures, long now) {
        return full + interval() * failures - now <= interval() * limit.burst();
    }

    /** Locks out at least until another failure fits, so that a retry after the lock-out is not refused. */
    private long lockOut(long now) {
        long longest = limit.maxLockout().toNanos();
        long length = Math.max(limit.firstLockout().toNanos(), interval());
        for (int i = 0; i < lockouts && length < longest; i++) {
            length *= 2;
        }
        lockouts++;
        long untilOneFits = full + interval() * (reserved + 1) - now - interval() * limit.burst();
        length = Math.max(Math.min(length, longest), untilOneFits);
        lockoutEnd = now + length;
        return length;
    }

    private long interval() {
        return limit.interval().toNanos();
    }

    private void endReservation(boolean failed) {
        lock.lock();
        try {
            reserved--;
            if (failed) {
                long now = nanos.getAsLong();
                full = now + Math.max(full - now, 0) + interval();
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** One reserved failure. */
    private final class Reserved implements Reservation.Granted {
        @Override
        public void fail() {
            endReservation(true);
        }

        @Override
        public void release() {
            endReservation(false);
        }
    }
}
