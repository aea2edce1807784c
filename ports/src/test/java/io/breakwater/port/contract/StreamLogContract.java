package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.StreamLog;
import io.breakwater.port.driven.StreamLog.Entry;
import io.breakwater.port.memory.ManualCallContext;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link StreamLog} must do: number the messages of a stream, and return those after a number. */
public abstract class StreamLogContract {
    private static final int ROOM = 100;
    private static final int THREADS = 8;
    private static final CallContext CONTEXT = ManualCallContext.unhurried();

    /** Creates an empty log that stores about this number of events per session, and never more. */
    protected abstract StreamLog make(int eventsPerSession);

    @Test
    void numbersEachStreamFromOne() {
        var log = make(ROOM);

        assertThat(log.append("session", "a", bytes("1"), CONTEXT)).isEqualTo(1);
        assertThat(log.append("session", "a", bytes("2"), CONTEXT)).isEqualTo(2);
        assertThat(log.append("session", "b", bytes("1"), CONTEXT)).isEqualTo(1);
        assertThat(log.append("other", "a", bytes("1"), CONTEXT)).isEqualTo(1);
        assertThat(log.append("session", "a", bytes("3"), CONTEXT)).isEqualTo(3);
    }

    @Test
    void returnsTheMessagesAfterANumberInOrder() {
        var log = make(ROOM);
        List.of("one", "two", "three").forEach(text -> log.append("session", "a", bytes(text), CONTEXT));

        assertThat(texts(log.after("session", "a", 0, CONTEXT))).containsExactly("one", "two", "three");
        assertThat(texts(log.after("session", "a", 1, CONTEXT))).containsExactly("two", "three");
        assertThat(numbers(log.after("session", "a", 1, CONTEXT))).containsExactly(2L, 3L);
        assertThat(log.after("session", "a", 3, CONTEXT)).isEmpty();
        assertThat(log.after("session", "a", 99, CONTEXT)).isEmpty();
    }

    @Test
    void separatesStreamsAndSessions() {
        var log = make(ROOM);
        log.append("session", "a", bytes("mine"), CONTEXT);
        log.append("session", "b", bytes("of another stream"), CONTEXT);
        log.append("other", "a", bytes("of another session"), CONTEXT);
        log.append("sessiona", "", bytes("of a name that runs together"), CONTEXT);

        assertThat(texts(log.after("session", "a", 0, CONTEXT))).containsExactly("mine");
        assertThat(log.after("session", "c", 0, CONTEXT)).isEmpty();
        assertThat(log.after("unknown", "a", 0, CONTEXT)).isEmpty();
    }

    @Test
    void preservesEveryByte() {
        var log = make(ROOM);
        var every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);

        log.append("session", "a", every, CONTEXT);
        log.append("session", "a", new byte[0], CONTEXT);

        assertThat(log.after("session", "a", 0, CONTEXT).stream().map(Entry::message))
                .containsExactly(every, new byte[0]);
    }

    @Test
    void dropsTheOldestMessagesOfASession() {
        var log = make(10);
        log.append("session", "old", bytes("old"), CONTEXT);
        IntStream.rangeClosed(1, 1_000).forEach(i -> log.append("session", "a", bytes("text " + i), CONTEXT));

        var kept = log.after("session", "a", 0, CONTEXT);

        assertThat(kept).isNotEmpty().hasSizeLessThanOrEqualTo(10);
        assertThat(numbers(kept)).containsExactlyElementsOf(lastNumbers(1_000, kept.size()));
        assertThat(log.after("session", "old", 0, CONTEXT)).isEmpty();
        assertThat(log.append("session", "a", bytes("next"), CONTEXT)).isEqualTo(1_001);
    }

    @Test
    void removesOnlyTheMessagesOfOneSession() {
        var log = make(ROOM);
        log.append("session", "a", bytes("1"), CONTEXT);
        log.append("session", "b", bytes("1"), CONTEXT);
        log.append("other", "a", bytes("1"), CONTEXT);

        log.forget("session", CONTEXT);
        log.forget("unknown", CONTEXT);

        assertThat(log.after("session", "a", 0, CONTEXT)).isEmpty();
        assertThat(log.after("session", "b", 0, CONTEXT)).isEmpty();
        assertThat(log.after("other", "a", 0, CONTEXT)).hasSize(1);
    }

    @Test
    void concurrentWritersGetNumbersWithoutGapsOrDuplicates() throws Exception {
        var log = make(THREADS * 50);

        var numbers = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 50)
                        .mapToObj(i -> log.append("session", "a", bytes(thread + "/" + i), CONTEXT))
                        .toList());

        var all = numbers.stream().flatMap(List::stream).sorted().toList();
        assertThat(all)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, THREADS * 50).boxed().toList());
        assertThat(numbers(log.after("session", "a", 0, CONTEXT))).isEqualTo(all);
        assertThat(numbers).allSatisfy(ofOneThread -> assertThat(ofOneThread).isSorted());
    }

    private static List<Long> lastNumbers(long last, int count) {
        return LongStream.rangeClosed(last - count + 1, last).boxed().toList();
    }

    private static List<Long> numbers(List<Entry> entries) {
        return entries.stream().map(Entry::number).toList();
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream().map(entry -> new String(entry.message(), UTF_8)).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
