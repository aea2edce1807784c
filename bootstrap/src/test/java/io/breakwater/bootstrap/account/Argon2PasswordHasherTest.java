package io.breakwater.bootstrap.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.contract.PasswordHasherContract;
import io.breakwater.port.driven.PasswordHasher;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest extends PasswordHasherContract {
    private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1);

    /** The same hash as that of another implementation, Bouncy Castle 1.86. */
    private static final String KNOWN =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE";

    private final CallContext scope = ManualCallContext.unhurried();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    protected PasswordHasher make() {
        return new Argon2PasswordHasher(CHEAP, Argon2Parameters::hash, Duration.ofMinutes(1));
    }

    @Test
    void computesArgon2idWithTheRecommendedParameters() {
        var hasher = new Argon2PasswordHasher();

        assertThat(hasher.verify("pässword", KNOWN, scope)).isTrue();
        assertThat(hasher.verify("password", KNOWN, scope)).isFalse();
        assertThat(hasher.isOutdated(KNOWN)).isFalse();
        assertThat(hasher.hash("pässword", scope)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void recognizesAPasswordThatAnotherKeyboardComposes() {
        assertThat(new Argon2PasswordHasher().verify("pa\u0308ssword", KNOWN, scope))
                .isTrue();
    }

    @Test
    void aHashWithOtherParametersIsValidAndOutdated() {
        var old = make().hash("correct horse", scope);
        var raised =
                new Argon2PasswordHasher(new Argon2Parameters(128, 2), Argon2Parameters::hash, Duration.ofMinutes(1));

        assertThat(raised.verify("correct horse", old, scope)).isTrue();
        assertThat(raised.isOutdated(old)).isTrue();
        assertThat(raised.isOutdated(raised.hash("correct horse", scope))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE",
                "$argon2id$v=19$m=19456,t=99,p=1$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE",
                "$argon2id$v=19$m=19456,t=2,p=64$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE",
                "$argon2id$v=19$m=0,t=0,p=1$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE",
                "$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$0NzsR37wWKZB91mfSwSGVCGAEC78KoxXvF5Vi3FzKxE",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$"
            })
    void aHashThatWouldUseUpTheMemoryIsNotComputed(String hash) {
        var hasher = new Argon2PasswordHasher(CHEAP, this::cheapOnly, Duration.ofMinutes(1));

        assertThat(hasher.verify("pässword", hash, scope)).isFalse();
    }

    private byte[] cheapOnly(Argon2Parameters parameters, byte[] password, byte[] salt, int length) {
        assertThat(parameters).isEqualTo(CHEAP);
        return parameters.hash(password, salt, length);
    }

    @Test
    @CoversOutage("login: threads busy with passwords")
    void ofFiftyLoginsTwoAreComputedAndTheOthersAreRefused() throws Exception {
        var refused = new CountDownLatch(48);
        var hasher = new Argon2PasswordHasher(
                CHEAP,
                (parameters, password, salt, length) -> computed(refused, parameters, password, salt, length),
                Duration.ofMillis(1));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var logins = Stream.generate(() -> verify(hasher, threads, refused))
                    .limit(50)
                    .toList();
            int results = 0;
            for (var login : logins) {
                results += login.get();
            }
            assertThat(results).isEqualTo(2);
        }
        assertThat(most).hasValue(Argon2PasswordHasher.MAX_COMPUTATIONS);
        assertThat(hasher.verify("x", null, scope)).as("works again").isFalse();
    }

    private Future<Integer> verify(PasswordHasher hasher, ExecutorService threads, CountDownLatch refused) {
        return threads.submit(() -> {
            try {
                hasher.verify("wrong", null, scope);
                return 1;
            } catch (PortException.RefusedException overloaded) {
                assertThat(overloaded.reason()).isEqualTo(Reason.OVERLOADED);
                refused.countDown();
                return 0;
            }
        });
    }

    /** Computes when all others were refused. */
    private byte[] computed(
            CountDownLatch refused, Argon2Parameters parameters, byte[] password, byte[] salt, int length) {
        int now = running.incrementAndGet();
        most.accumulateAndGet(now, Math::max);
        try {
            Eventually.holds(() -> refused.getCount() == 0);
            return parameters.hash(password, salt, length);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            running.decrementAndGet();
        }
    }

    @Test
    void aCallWithoutTimeDoesNotWait() {
        var late = ManualCallContext.within(Duration.ZERO);
        var release = new CountDownLatch(1);
        var hasher = new Argon2PasswordHasher(
                CHEAP,
                (parameters, password, salt, length) -> {
                    running.incrementAndGet();
                    await(release);
                    return new byte[length];
                },
                Duration.ofMinutes(10));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Argon2PasswordHasher.MAX_COMPUTATIONS; i++) {
                threads.execute(() -> hasher.verify("x", null, scope));
            }
            Eventually.holds(() -> running.get() == Argon2PasswordHasher.MAX_COMPUTATIONS);

            assertThatExceptionOfType(PortException.RefusedException.class)
                    .isThrownBy(() -> hasher.verify("x", null, late))
                    .withMessage("Too many passwords are checked at the same time. Retry in a second.");
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
