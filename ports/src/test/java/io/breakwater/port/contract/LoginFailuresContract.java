package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.LoginFailures;
import io.breakwater.port.driven.LoginFailures.Counter;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link LoginFailures} must do: lose no failure. */
public abstract class LoginFailuresContract {
    private static final int THREADS = 16;

    private final CallContext scope = ManualCallContext.unhurried();
    private final Instant now = Instant.now();

    /** Creates an empty store. */
    protected abstract LoginFailures make();

    @Test
    void countsUpFromNone() {
        var failures = make();
        var one = Counter.NONE.plusOne(now);
        var two = one.plusOne(now.plusMillis(1));

        assertThat(failures.find("ann", scope)).isEqualTo(Counter.NONE);
        assertThat(failures.replace("ann", Counter.NONE, one, scope)).isTrue();
        assertThat(failures.find("ann", scope)).isEqualTo(one);
        assertThat(failures.replace("ann", one, two, scope)).isTrue();

        assertThat(failures.find("ann", scope)).isEqualTo(new Counter(2, now.plusMillis(1)));
        assertThat(failures.find("ben", scope)).isEqualTo(Counter.NONE);
    }

    @Test
    void removesACounter() {
        var failures = make();
        var one = Counter.NONE.plusOne(now);
        failures.replace("ann", Counter.NONE, one, scope);

        assertThat(failures.replace("ann", one, Counter.NONE, scope)).isTrue();

        assertThat(failures.find("ann", scope)).isEqualTo(Counter.NONE);
        assertThat(failures.replace("ann", Counter.NONE, one, scope)).isTrue();
    }

    @Test
    void replacesOnlyTheExpectedCounter() {
        var failures = make();
        var one = Counter.NONE.plusOne(now);
        failures.replace("ann", Counter.NONE, one, scope);

        assertThat(failures.replace("ann", Counter.NONE, one.plusOne(now), scope))
                .isFalse();
        assertThat(failures.replace("ann", new Counter(2, now), Counter.NONE, scope))
                .isFalse();
        assertThat(failures.replace("ann", new Counter(1, now.plusMillis(1)), Counter.NONE, scope))
                .isFalse();
        assertThat(failures.replace("ben", one, Counter.NONE, scope)).isFalse();

        assertThat(failures.find("ann", scope)).isEqualTo(one);
    }

    @Test
    void replacesNoneWithNone() {
        var failures = make();

        assertThat(failures.replace("ann", Counter.NONE, Counter.NONE, scope)).isTrue();

        assertThat(failures.find("ann", scope)).isEqualTo(Counter.NONE);
    }

    @Test
    void keepsACounterForADay() {
        var failures = make();
        var yesterday = Counter.NONE.plusOne(now.minus(23, ChronoUnit.HOURS));
        failures.replace("ann", Counter.NONE, yesterday, scope);

        IntStream.range(0, 10)
                .forEach(i -> failures.replace("key " + i, Counter.NONE, Counter.NONE.plusOne(now), scope));

        assertThat(failures.find("ann", scope)).isEqualTo(yesterday);
    }

    @Test
    void onlyOneConcurrentReplacementSucceeds() throws Exception {
        var failures = make();

        var results = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 5)
                        .filter(i -> {
                            var read = new Counter(i, i == 0 ? Instant.EPOCH : now);
                            return failures.replace("ann", read, read.plusOne(now), scope);
                        })
                        .count());

        long replaced = results.stream().mapToLong(Long::longValue).sum();
        assertThat(replaced).isPositive();
        assertThat(failures.find("ann", scope)).isEqualTo(new Counter((int) replaced, now));
    }
}
