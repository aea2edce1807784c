package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.contract.StreamLogContract;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryStreamLogTest extends StreamLogContract {
    private static final CallContext CONTEXT = ManualCallContext.unhurried();
    private static final Duration KEEP = Duration.ofMinutes(30);

    private final HandClock clock = new HandClock();

    @Override
    protected StreamLog make(int eventsPerSession) {
        return log(new LogLimits(eventsPerSession, 1 << 20, 1 << 22, KEEP));
    }

    @Test
    void dropsTheOldestOfASessionThatTakesTooMuch() {
        var log = log(new LogLimits(1_000, 10_000, 1 << 20, KEEP));

        IntStream.range(0, 20).forEach(i -> log.append("session", "a", new byte[1_000], CONTEXT));

        assertThat(log.after("session", "a", 0, CONTEXT)).hasSizeBetween(8, 10);
    }

    @Test
    void numbersButDoesNotKeepAMessageThatIsTooLargeAlone() {
        var log = log(new LogLimits(1_000, 10_000, 1 << 20, KEEP));
        log.append("session", "a", new byte[10], CONTEXT);

        assertThat(log.append("session", "a", new byte[20_000], CONTEXT)).isEqualTo(2);

        assertThat(log.after("session", "a", 0, CONTEXT)).isEmpty();
        assertThat(log.append("session", "a", new byte[10], CONTEXT)).isEqualTo(3);
        assertThat(log.after("session", "a", 0, CONTEXT)).hasSize(1);
    }

    @Test
    void dropsTheSessionThatWasSilentForLongestWhenAllTakeTooMuch() {
        var log = log(new LogLimits(1_000, 50_000, 100_000, KEEP));
        log.append("first", "a", new byte[40_000], CONTEXT);
        log.append("second", "a", new byte[40_000], CONTEXT);
        log.append("first", "a", new byte[10], CONTEXT);

        log.append("third", "a", new byte[40_000], CONTEXT);

        assertThat(log.after("first", "a", 0, CONTEXT)).hasSize(2);
        assertThat(log.after("second", "a", 0, CONTEXT)).isEmpty();
        assertThat(log.after("third", "a", 0, CONTEXT)).hasSize(1);
    }

    @Test
    void dropsSilentSessionsAfterTheirTime() {
        var log = log(LogLimits.forHeap(1L << 30));
        log.append("silent", "a", new byte[10], CONTEXT);
        clock.pass(KEEP);

        log.append("other", "a", new byte[10], CONTEXT);

        assertThat(log.after("silent", "a", 0, CONTEXT)).isEmpty();
        assertThat(log.after("other", "a", 0, CONTEXT)).hasSize(1);
    }

    @Test
    void doesNotGrowWithTheNumberOfStreams() {
        var log = log(new LogLimits(10, 100_000, 200_000, KEEP));

        IntStream.range(0, 1_000).forEach(i -> log.append("session", "stream " + i, new byte[1], CONTEXT));

        var kept = IntStream.range(0, 1_000)
                .filter(i -> !log.after("session", "stream " + i, 0, CONTEXT).isEmpty());
        assertThat(kept).containsExactly(IntStream.range(990, 1_000).boxed().toArray(Integer[]::new));
    }

    private StreamLog log(LogLimits limits) {
        return new MemoryStreamLog(limits, clock);
    }
}
