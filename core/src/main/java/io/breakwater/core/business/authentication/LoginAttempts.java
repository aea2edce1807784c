package io.breakwater.core.business.authentication;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.LoginFailures.Counter;
import java.time.Duration;
import java.time.InstantSource;

/** Counts each login with a name as a failure in advance, and corrects the count if it is none. */
final class LoginAttempts {
    private static final int TRIES = 3;
    private static final Duration UNDO_TIME = Duration.ofSeconds(1);

    private final LoginFailures failures;
    private final InstantSource clock;

    LoginAttempts(LoginFailures failures, InstantSource clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * A login that counts as a failure.
     *
     * @param key the key of the name
     * @param before the counter before
     * @param counted the counter with this failure
     */
    record Attempt(String key, Counter before, Counter counted) {}

    Attempt begin(String key, CallContext context) {
        for (int i = 0; i < TRIES; i++) {
            var before = failures.find(key, context);
            var now = clock.instant();
            var lockout = LockoutPolicy.remaining(before, now);
            if (lockout.isPositive()) {
                throw locked(lockout);
            }
            var attempt = new Attempt(key, before, LockoutPolicy.afterFailure(before, now));
            if (failures.replace(key, before, attempt.counted(), context)) {
                return attempt;
            }
        }
        throw overloaded("with this name");
    }

    /** Ends the count, because the password is right. */
    void succeed(Attempt attempt, CallContext context) {
        failures.replace(attempt.key(), attempt.counted(), Counter.NONE, context);
    }

    /** Undoes the count, because the password was not checked. The call may have ended, and its thread be interrupted. */
    void undo(Attempt attempt, CallContext call) {
        boolean interrupted = Thread.interrupted();
        try {
            decrement(attempt, call.detached(UNDO_TIME));
        } catch (PortException notPossible) {
            // The failure stays counted. The caller gets the exception that ended the login.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void decrement(Attempt attempt, CallContext context) {
        boolean done = failures.replace(attempt.key(), attempt.counted(), attempt.before(), context);
        for (int i = 0; i < TRIES && !done; i++) {
            var current = failures.find(attempt.key(), context);
            done = current.failures() == 0 || failures.replace(attempt.key(), current, oneLess(current), context);
        }
    }

    private static Counter oneLess(Counter counter) {
        return counter.failures() == 1 ? Counter.NONE : new Counter(counter.failures() - 1, counter.last());
    }

    static PortException overloaded(String which) {
        return new PortException.RefusedException(
                Reason.OVERLOADED, "Too many logins " + which + " run at the same time. Retry in a second.", null);
    }

    static PortException locked(Duration lockout) {
        var rounded = Duration.ofSeconds(lockout.plusMillis(999).toSeconds());
        return new PortException.ExhaustedException(
                "Too many logins have failed. Retry in " + rounded.toSeconds() + " s.", rounded);
    }
}
