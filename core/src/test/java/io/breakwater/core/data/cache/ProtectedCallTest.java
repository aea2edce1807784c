package io.breakwater.core.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.TimedExecutors;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtectedCallTest {
    private static final Duration SLOW = Duration.ofMillis(120);
    private static final Duration QUICK = Duration.ofMillis(10);

    private final TimedExecutors executors = new TimedExecutors();
    private final CheckSignal signal = new CheckSignal();
    private final ProtectedCall side = new ProtectedCall(
            "It",
            new ProtectedCall.Times(Eventually.LIMIT, Duration.ofSeconds(5)),
            () -> true,
            executors,
            ServerMetrics.standalone(executors).cache("shared"),
            signal);

    @AfterEach
    void close() {
        executors.close();
    }

    private void ask(Duration time) throws Exception {
        side.call(side.newBudget(), () -> {
            executors.pass(time);
            return true;
        });
    }

    @Test
    void oneSlowAnswerMayHaveBeenAPauseOfThisProcess() throws Exception {
        ask(SLOW);
        ask(QUICK);
        ask(SLOW);

        assertThat(side.isAvailable()).isTrue();
    }

    @Test
    @CoversOutage("result cache: Redis slow")
    void whatIsSlowAgainIsLeftAlone() throws Exception {
        ask(SLOW);
        ask(SLOW);

        assertThat(side.isAvailable()).isFalse();
        assertThatThrownBy(() -> ask(QUICK))
                .isInstanceOf(SharedTierUnavailableException.class)
                .hasMessageContaining("the response before was slow too");
    }

    @Test
    void whatWasSlowAtTheSameTimeWasSlowOnce() throws Exception {
        var bothAsk = new CountDownLatch(2);
        var answers = new CountDownLatch(1);
        var threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                try {
                    side.call(side.newBudget(), () -> {
                        bothAsk.countDown();
                        answers.await();
                        return true;
                    });
                } catch (SharedTierUnavailableException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        bothAsk.await();
        executors.pass(SLOW);
        answers.countDown();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(side.isAvailable()).isTrue();
    }

    @Test
    @CoversOutage("result cache: Redis slow")
    void whatDoesNotAnswerIsLeftAloneAndAskedAgainSoon() {
        var never = new CountDownLatch(1);

        assertThatThrownBy(() -> side.call(TimeBudget.of(Duration.ofMillis(250)), () -> {
                    never.await();
                    return true;
                }))
                .isInstanceOf(SharedTierUnavailableException.class);

        assertThat(side.isAvailable()).isFalse();
        executors.pass(Duration.ofMillis(250));
        Eventually.holds(side::isAvailable);
    }

    @Test
    void theBackgroundMayAskWhatCallsLeaveAlone() throws Exception {
        ask(SLOW);
        ask(SLOW);

        assertThat(side.retryInBackground(() -> "an answer")).isEqualTo("an answer");
        assertThat(side.isAvailable()).isFalse();
    }

    @Test
    void requestsOneHealthCheckForOneTroubleAndTellsWhatItWas() {
        var checks = new AtomicInteger();
        signal.subscribe(checks::incrementAndGet);

        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(() -> side.call(side.newBudget(), () -> {
                        throw new PortException.UnavailableException("Redis cannot be reached.", null, null);
                    }))
                    .isInstanceOf(SharedTierUnavailableException.class)
                    .hasMessage("Redis cannot be reached.");
        }

        assertThat(checks).hasValue(1);
    }

    @Test
    void requestsAnotherHealthCheckWhenTheReasonIsAnother() throws Exception {
        var checks = new AtomicInteger();
        signal.subscribe(checks::incrementAndGet);

        ask(SLOW);
        ask(SLOW);
        for (int probe = 0; probe < 2; probe++) {
            assertThatThrownBy(() -> side.retryInBackground(() -> {
                        throw new PortException.UnavailableException("Redis refuses the password.", null, null);
                    }))
                    .isInstanceOf(SharedTierUnavailableException.class);
        }

        assertThat(checks).hasValue(2);
        assertThatThrownBy(side::check).hasMessage("Redis refuses the password.");
    }
}
