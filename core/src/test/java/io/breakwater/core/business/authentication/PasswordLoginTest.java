package io.breakwater.core.business.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breakwater.core.business.authentication.LoginOutcome.LoggedIn;
import io.breakwater.core.business.authentication.LoginOutcome.WrongCredentials;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.Accounts.Account;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.LoginFailures.Counter;
import io.breakwater.port.driven.TokenIssuer.IssuedToken;
import io.breakwater.port.driven.TokenIssuer.TokenRequest;
import io.breakwater.port.memory.FastPasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryAccounts;
import io.breakwater.port.memory.MemoryLoginFailures;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordLoginTest {
    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.1";

    private final CallContext scope = ManualCallContext.unhurried();
    private final SimulatedLink line = new SimulatedLink();
    private final SimulatedLink accountsLine = new SimulatedLink();
    private final MemoryAccounts accounts = new MemoryAccounts(accountsLine);
    private LoginFailures failures = new MemoryLoginFailures(line);
    private boolean tokensFail;
    private final FastPasswordHasher hasher = new FastPasswordHasher();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final CountedBudget addresses = new CountedBudget();
    private final PasswordLogin login = login();

    /** A replica of the same deployment. */
    private PasswordLogin login() {
        var ports = new LoginPorts(accounts, failures, hasher, this::issue);
        return new PasswordLogin(ports, addresses, Duration.ofHours(1), now::get);
    }

    private IssuedToken issue(TokenRequest request) {
        if (tokensFail) {
            throw new IllegalStateException("There is no key.");
        }
        return new IssuedToken(
                "token of " + request.subject() + request.roles(),
                request.group() + ".1",
                now.get().plus(request.lifetime()));
    }

    @BeforeEach
    void createAccount() {
        accounts.create("ann", hasher.hash(PASSWORD, scope), Set.of("reader"), scope);
    }

    private LoginOutcome tryLogin(String name, String password) {
        return login.login(name, password, HOME, scope);
    }

    private void failTimes(int times, String name) {
        for (int i = 0; i < times; i++) {
            assertThat(tryLogin(name, "wrong")).isEqualTo(new WrongCredentials());
        }
    }

    private Duration lockout(String name, String password) {
        try {
            var outcome = tryLogin(name, password);
            throw new AssertionError("The name is not locked: " + outcome);
        } catch (PortException.ExhaustedException locked) {
            return locked.retryAfter();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "Ann", "ANN"})
    void theRightPasswordGivesATokenOfTheAccount(String name) {
        assertThat(tryLogin(name, PASSWORD))
                .isEqualTo(new LoggedIn(
                        "ann",
                        Set.of("reader"),
                        new IssuedToken("token of ann[reader]", "1-1.1", Instant.parse("2026-03-01T13:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "nobody", "not a name!", ""})
    void everyNameIsAnsweredAlike(String name) {
        int before = hasher.computations();

        failTimes(5, name);

        assertThat(hasher.computations()).as("the work").isEqualTo(before + 5);
        assertThat(lockout(name, "wrong")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aDisabledAccountIsAnsweredLikeAWrongPassword() {
        accounts.update(accounts.find("ann", scope).orElseThrow().withDisabled(true), scope);

        assertThat(tryLogin("ann", PASSWORD)).isEqualTo(new WrongCredentials());
    }

    @Test
    void eachFurtherFailureDoublesTheLockoutUpTo15Minutes() {
        failTimes(5, "ann");
        var lockouts = new ArrayList<Long>();
        for (int i = 0; i < 13; i++) {
            var lockout = lockout("ann", PASSWORD);
            lockouts.add(lockout.toSeconds());
            now.updateAndGet(time -> time.plus(lockout));
            failTimes(1, "ann");
        }

        assertThat(lockouts).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 900L, 900L, 900L);
    }

    @Test
    void aLockedNameDoesNotCostAHash() {
        failTimes(5, "ann");
        int before = hasher.computations();

        lockout("ann", PASSWORD);

        assertThat(hasher.computations()).isEqualTo(before);
    }

    @Test
    void aLoginEndsTheCount() {
        failTimes(4, "ann");

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);

        failTimes(5, "ann");
    }

    @Test
    void aDayWithoutFailuresEndsTheCount() {
        failTimes(5, "ann");
        now.updateAndGet(time -> time.plus(Duration.ofDays(1)));

        failTimes(5, "ann");
        assertThat(lockout("ann", PASSWORD)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void guessesAtTheSameTimeOnSeveralServersDoNotExceedTheLimit() throws Exception {
        int guesses = 12;
        failures = new SimultaneousReads(failures, guesses);
        int before = hasher.computations();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var refused = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < guesses; i++) {
                var replica = login();
                refused.add(() -> isRefused(replica));
            }
            for (var guess : threads.invokeAll(refused)) {
                guess.get();
            }
        }

        assertThat(hasher.computations() - before).isBetween(1, 5);
    }

    private boolean isRefused(PasswordLogin replica) {
        try {
            replica.login("ann", "wrong", HOME, scope);
            return false;
        } catch (PortException refused) {
            return true;
        }
    }

    @Test
    @CoversOutage("login: threads busy with passwords")
    void anOverloadCountsAsNoFailure() {
        hasher.overloaded(true);
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> tryLogin("ann", PASSWORD))
                    .matches(refused -> refused.reason() == Reason.OVERLOADED);
        }
        hasher.overloaded(false);

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(addresses.taken).isZero();
    }

    @Test
    @CoversOutage("login: store down or frozen")
    void aStoreThatFailsAfterTheCountIsNoFailureOfThePassword() {
        accountsLine.cut();
        for (int i = 0; i < 10; i++) {
            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> tryLogin("ann", PASSWORD));
        }
        accountsLine.mend();

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(addresses.taken).isZero();
    }

    @Test
    void aTokenThatCannotBeIssuedIsNoFailureOfThePassword() {
        tokensFail = true;
        for (int i = 0; i < 10; i++) {
            assertThatIllegalStateException().isThrownBy(() -> tryLogin("ann", PASSWORD));
        }
        tokensFail = false;

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aCallThatEndsWhileThePasswordIsCheckedIsNoFailure() {
        var store = failures;
        for (int i = 0; i < 10; i++) {
            var call = ManualCallContext.unhurried();
            failures = new HookedFailures(store, call, () -> {
                accountsLine.cut();
                call.cancel();
                Thread.currentThread().interrupt();
            });
            assertThatExceptionOfType(PortException.UnavailableException.class)
                    .isThrownBy(() -> login().login("ann", PASSWORD, HOME, call));
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
        accountsLine.mend();
        failures = store;

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aFailureOnAnotherServerStaysCountedWhenALoginIsUndone() {
        var store = failures;
        failures = new HookedFailures(store, scope, () -> {
            accountsLine.mend();
            failTimes(2, "ann");
            accountsLine.cut();
        });
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> login().login("ann", PASSWORD, HOME, scope));
        accountsLine.mend();

        failTimes(3, "ann");
        assertThat(lockout("ann", PASSWORD)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void onlyFailuresCountForTheAddress() {
        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
        assertThat(addresses.taken).isZero();

        failTimes(2, "ann");

        assertThat(addresses.taken).isEqualTo(2);
    }

    @Test
    void aLockedAddressReachesNeitherTheStoreNorTheHasher() {
        addresses.lockout = Duration.ofMillis(1500);
        line.cut();
        int before = hasher.computations();

        assertThat(lockout("ann", PASSWORD)).isEqualTo(Duration.ofSeconds(2));

        assertThat(hasher.computations()).isEqualTo(before);
    }

    @Test
    void concurrentLoginsFromOneAddressAreAnOverloadAndNoLockout() {
        addresses.occupied = true;

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> tryLogin("ann", PASSWORD))
                .withMessage("Too many logins from this address run at the same time. Retry in a second.")
                .matches(refused -> refused.reason() == Reason.OVERLOADED);
    }

    @Test
    @CoversOutage("login: store down or frozen")
    void nothingIsAcceptedWithoutTheStore() {
        line.cut();
        accountsLine.cut();

        assertThatExceptionOfType(PortException.UnavailableException.class).isThrownBy(() -> tryLogin("ann", PASSWORD));
    }

    @Test
    void aHashWithOldParametersIsReplacedAtLogin() {
        var before = accounts.find("ann", scope).orElseThrow();
        hasher.outdated(true);

        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);

        hasher.outdated(false);
        var after = accounts.find("ann", scope).orElseThrow();
        assertThat(after.passwordHash()).isNotEqualTo(before.passwordHash());
        assertThat(after).extracting(Account::tokenGroup).isEqualTo(before.tokenGroup());
        assertThat(tryLogin("ann", PASSWORD)).isInstanceOf(LoggedIn.class);
    }

    @Test
    void aHashThatCannotBeReplacedNowDoesNotPreventTheLogin() {
        hasher.outdated(true);
        int[] operations = {0};
        failures = new HookedFailures(failures, scope, () -> hasher.overloaded(++operations[0] == 2));

        assertThat(login().login("ann", PASSWORD, HOME, scope)).isInstanceOf(LoggedIn.class);
        assertThat(operations[0]).isEqualTo(2);
    }

    @Test
    void aNameIsNotStoredAsItWasTyped() {
        failTimes(1, "my password by mistake");

        assertThat(failures.find("my password by mistake", scope)).isEqualTo(Counter.NONE);
    }

    /** A budget that counts what is taken. */
    private static final class CountedBudget implements FailureBudget, FailureBudget.Reservation.Granted {
        private int taken;
        private boolean occupied;
        private Duration lockout = Duration.ZERO;

        @Override
        public Duration remainingLockout(FailureSource source) {
            return lockout;
        }

        @Override
        public Duration remainingLockoutOfAll() {
            return Duration.ZERO;
        }

        @Override
        public Duration withdraw(FailureSource source) {
            throw new UnsupportedOperationException("A login reserves before it checks.");
        }

        @Override
        public Reservation reserve(FailureSource source, Duration maxWait) {
            if (lockout.isPositive()) {
                return new Reservation.LockedOut(lockout);
            }
            return occupied ? new Reservation.Occupied() : this;
        }

        @Override
        public synchronized void fail() {
            taken++;
        }

        @Override
        public void release() {
            // Nothing was taken.
        }
    }

    /** Refuses to work for a call that has ended, as a real store does, and runs an action after each change of one call. */
    private static final class HookedFailures implements LoginFailures {
        private final LoginFailures store;
        private final CallContext call;
        private final Runnable afterChange;

        HookedFailures(LoginFailures store, CallContext call, Runnable afterChange) {
            this.store = store;
            this.call = call;
            this.afterChange = afterChange;
        }

        @Override
        public Counter find(String key, CallContext context) {
            check(context);
            return store.find(key, context);
        }

        @Override
        public boolean replace(String key, Counter expected, Counter replacement, CallContext context) {
            check(context);
            boolean replaced = store.replace(key, expected, replacement, context);
            if (context.equals(call)) { // work that goes on after the end of the call has a context of its own
                afterChange.run();
            }
            return replaced;
        }

        private static void check(CallContext context) {
            if (context.cancelled() || Thread.currentThread().isInterrupted()) {
                throw new PortException.DeadlineExceededException("The call has ended.", null);
            }
        }
    }

    /** The first readers all read before one of them writes. */
    private static final class SimultaneousReads implements LoginFailures {
        private final LoginFailures store;
        private final CountDownLatch readers;

        SimultaneousReads(LoginFailures store, int readers) {
            this.store = store;
            this.readers = new CountDownLatch(readers);
        }

        @Override
        public Counter find(String key, CallContext context) {
            var counter = store.find(key, context);
            readers.countDown();
            Eventually.holds(() -> readers.getCount() == 0);
            return counter;
        }

        @Override
        public boolean replace(String key, Counter expected, Counter replacement, CallContext context) {
            return store.replace(key, expected, replacement, context);
        }
    }
}
