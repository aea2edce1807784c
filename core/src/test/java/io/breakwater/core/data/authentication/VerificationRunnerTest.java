package io.breakwater.core.data.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.CredentialResult;
import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.Verifications;
import io.breakwater.port.CallContext;
import io.breakwater.port.Principal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerificationRunnerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final CredentialResult ACCEPTED = new Accepted(Principal.of("ann"), null, () -> false);

    private final ManualExecutors executors = new ManualExecutors();
    private final VerificationRunner runner = new VerificationRunner(executors, 2, TIMEOUT);

    private static Sha256Digest digest(Object token) {
        return Sha256Digest.of("token " + token);
    }

    @Test
    void concurrentCallsWithOneTokenShareOneVerification() {
        var count = new AtomicInteger();
        var results = new ArrayList<CompletableFuture<CredentialResult>>();
        for (int i = 0; i < 100; i++) {
            results.add(runner.run(digest(1), context -> {
                count.incrementAndGet();
                return ACCEPTED;
            }));
        }
        assertThat(results).noneMatch(CompletableFuture::isDone);
        assertThat(executors.runAll()).isEqualTo(1);

        assertThat(count).hasValue(1);
        assertThat(results).allMatch(result -> result.join().equals(ACCEPTED));
        assertThat(runner.count()).isZero();
    }

    @Test
    void theNextCallStartsAnotherVerification() {
        var first = runner.run(digest(1), context -> ACCEPTED);
        executors.runAll();
        var second = runner.run(digest(1), context -> ACCEPTED);

        assertThat(executors.runAll()).isEqualTo(1);
        assertThat(second).isDone().isNotSameAs(first);
    }

    @Test
    void aVerifierThatThrowsDecidesNothingAndItsMessageIsNotRepeated() {
        var result = runner.run(digest(1), context -> {
            throw new IllegalStateException("secret");
        });
        executors.runAll();

        assertThat(result.join())
                .isInstanceOfSatisfying(
                        Undecided.class,
                        undecided -> assertThat(undecided.detail())
                                .contains("IllegalStateException")
                                .doesNotContain("secret"));
        assertThat(runner.count()).isZero();
    }

    @Test
    @CoversOutage("tokens: threads busy with verifications")
    void moreVerificationsThanMayWaitAreNotStarted() {
        for (int i = 0; i < 42; i++) {
            assertThat(runner.run(digest(i), context -> ACCEPTED)).isNotDone();
        }

        assertThat(runner.run(digest(42), context -> ACCEPTED).join()).isInstanceOf(Undecided.class);
        assertThat(executors.runAll()).isEqualTo(42);
        assertThat(runner.run(digest(42), context -> ACCEPTED)).isNotDone();
    }

    @Test
    void aVerificationThatWaitsForItsAdmissionOccupiesNoPlace() throws Exception {
        try (var real = ServerExecutors.standard()) {
            var single = new VerificationRunner(real, 1, Duration.ofMinutes(15));
            var admission = new GatedAdmission();
            var first = single.run(digest(1), admission, context -> ACCEPTED);

            assertThat(single.run(digest(2), context -> ACCEPTED).get(Eventually.SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(ACCEPTED);
            assertThat(first).isNotDone();
            admission.gate.countDown();

            assertThat(first.get(Eventually.SECONDS, TimeUnit.SECONDS)).isEqualTo(ACCEPTED);
            assertThat(admission.ended).containsExactly(ACCEPTED);
        }
    }

    @Test
    void aVerificationThatIsNotAdmittedDoesNotRun() {
        var refusal = new Undecided(Duration.ofSeconds(1), "Not now.");
        var ran = new AtomicInteger();
        var result = runner.run(
                digest(1),
                new GatedAdmission() {
                    @Override
                    public CredentialResult begin(CallContext context) {
                        return refusal;
                    }
                },
                context -> {
                    ran.incrementAndGet();
                    return ACCEPTED;
                });
        executors.runAll();

        assertThat(result.join()).isEqualTo(refusal);
        assertThat(ran).hasValue(0);
    }

    @Test
    void anAdmissionEndsAlsoIfTheVerifierThrows() {
        var admission = new GatedAdmission();
        admission.gate.countDown();
        var unused = runner.run(digest(1), admission, context -> {
            throw new IllegalStateException("secret");
        });
        executors.runAll();

        assertThat(admission.ended).singleElement().isInstanceOf(Undecided.class);
    }

    @Test
    @CoversOutage("opaque tokens: introspection endpoint slow")
    void callersHaveTheirAnswerInTimeAlsoIfTheVerifierDoesNotReturn() {
        var cancelled = new AtomicInteger();
        var result = runner.run(digest(1), context -> {
            context.onCancel(cancelled::incrementAndGet);
            assertThat(context.remaining()).isEqualTo(TIMEOUT);
            executors.pass(TIMEOUT);
            assertThat(context.cancelled()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            return ACCEPTED;
        });
        executors.runAll();

        assertThat(result.join()).isInstanceOf(Undecided.class);
        assertThat(cancelled).hasValue(1);
        assertThat(runner.count()).isZero();
    }

    @Test
    void aVerificationThatEndedLeavesNoTimer() {
        var result = runner.run(digest(1), context -> ACCEPTED);
        executors.runAll();
        executors.pass(TIMEOUT.multipliedBy(2));

        assertThat(result.join()).isEqualTo(ACCEPTED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @CoversOutage("tokens: threads busy with verifications")
    void verifiersThatBlockOccupyAsManyThreadsAsAllowedAndAreInterrupted() throws Exception {
        try (var real = ServerExecutors.standard()) {
            var short2 = new VerificationRunner(real, 2, Duration.ofMillis(200));
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var never = new CountDownLatch(1);
            var results = new ArrayList<CompletableFuture<CredentialResult>>();
            for (int i = 0; i < 20; i++) {
                results.add(short2.run(digest(i), context -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        never.await();
                        return ACCEPTED;
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IllegalStateException(e);
                    } finally {
                        running.decrementAndGet();
                    }
                }));
            }
            for (var result : results) {
                assertThat(result.get(Eventually.SECONDS, TimeUnit.SECONDS)).isInstanceOf(Undecided.class);
            }
            Eventually.holds(() -> short2.count() == 0);

            assertThat(most.get()).isBetween(1, 2);
        }
    }

    /** Admits a verification when the test opens the gate. */
    private static class GatedAdmission implements Verifications.Admission {
        private final CountDownLatch gate = new CountDownLatch(1);
        private final Queue<CredentialResult> ended = new ConcurrentLinkedQueue<>();

        @Override
        public @Nullable CredentialResult begin(CallContext context) {
            Eventually.holds(() -> gate.getCount() == 0);
            return null;
        }

        @Override
        public void end(CredentialResult result) {
            ended.add(result);
        }
    }
}
