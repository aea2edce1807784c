package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driving.OfferResult;
import io.breakwater.sample.waiting.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineWriterTest {
    private static final Duration LONG = Eventually.LIMIT;
    private static final int ROOM = 4096;

    private final Valve valve = new Valve();
    private final CountDownLatch broken = new CountDownLatch(1);
    private final LineWriter writer = new LineWriter(valve, ROOM, () -> false, failure -> broken.countDown());

    @Test
    void endsEachLine() throws Exception {
        valve.open();

        writer.write(bytes("one"));
        writer.write(bytes("two"));

        assertThat(writer.awaitWritten(LONG)).isTrue();
        assertThat(valve.text()).isEqualTo("one\ntwo\n");
    }

    @Test
    void writesAtOnceWhatCameWhileItWasWriting() throws Exception {
        writer.write(bytes("first"));
        valve.awaitWrite();
        var others = IntStream.range(0, 10)
                .mapToObj(i -> Thread.startVirtualThread(() -> writer.write(bytes("other"))))
                .toList();
        for (var other : others) {
            other.join();
        }

        valve.open();

        assertThat(writer.awaitWritten(LONG)).isTrue();
        assertThat(valve.writes).containsExactly("first\n", "other\n".repeat(10));
    }

    @Test
    void writesAtOnceWhatItHeldBack() throws Exception {
        valve.open();
        for (var line : List.of("a", "b", "c")) {
            writer.hold();
            writer.write(bytes(line));
        }
        assertThat(valve.writes).isEmpty();

        writer.release();

        assertThat(valve.writes).containsExactly("a\nb\nc\n");
    }

    @Test
    void holdsBackNoMoreThanABatch() throws Exception {
        valve.open();
        writer.hold();

        writer.write(new byte[1 << 16]);

        assertThat(valve.writes).hasSize(1);
    }

    @Test
    void refusesOffersWhenTooMuchIsUnreadButTakesAnswers() throws Exception {
        writer.write(bytes("stuck"));
        valve.awaitWrite();

        assertThat(writer.offer(new byte[ROOM])).isEqualTo(OfferResult.ACCEPTED);
        assertThat(writer.offer(bytes("more"))).isEqualTo(OfferResult.FULL);
        writer.write(bytes("answer"));
        valve.open();

        assertThat(writer.awaitWritten(LONG)).isTrue();
        assertThat(valve.text()).endsWith("answer\n").doesNotContain("more");
        assertThat(writer.offer(bytes("again"))).isEqualTo(OfferResult.ACCEPTED);
    }

    @Test
    void letsTheReaderWaitWhileTooMuchIsUnread() throws Exception {
        writer.write(bytes("stuck"));
        valve.awaitWrite();
        writer.write(new byte[ROOM]);
        var reader = Thread.ofPlatform().start(() -> {
            try {
                writer.hold();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        while (reader.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        valve.open();
        reader.join(LONG);

        assertThat(reader.isAlive()).isFalse();
    }

    @Test
    void doesNotBlockAThreadThatMustNotBlock() throws Exception {
        writer.write(bytes("from a platform thread that is not the reader"));

        valve.awaitWrite();
        assertThat(valve.writer.isVirtual()).isTrue();
        valve.open();
        assertThat(writer.awaitWritten(LONG)).isTrue();
    }

    @Test
    void closesWhenTheOutputBreaks() throws Exception {
        valve.broken = true;
        valve.open();

        writer.write(bytes("lost"));

        broken.await();
        assertThat(writer.offer(bytes("late"))).isEqualTo(OfferResult.CLOSED);
        assertThat(writer.awaitWritten(LONG)).isFalse();
    }

    @Test
    void knowsThatSomethingIsLeftWhenTheTimeIsOver() throws Exception {
        writer.write(bytes("stuck"));

        assertThat(writer.awaitWritten(Duration.ofMillis(1))).isFalse();
        valve.open();
    }

    @Test
    void keepsLinesWholeUnderLoad() throws Exception {
        valve.open();
        var threads = new ArrayList<Thread>();
        for (var t = 0; t < 8; t++) {
            var line = bytes(String.valueOf(t).repeat(100 + t));
            var builder = t % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            threads.add(builder.start(() -> IntStream.range(0, 5_000).forEach(i -> writer.write(line))));
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(writer.awaitWritten(LONG)).isTrue();
        var counts = new int[8];
        valve.text().lines().forEach(line -> {
            var writerOfLine = line.charAt(0) - '0';
            assertThat(line).isEqualTo(String.valueOf(writerOfLine).repeat(100 + writerOfLine));
            counts[writerOfLine]++;
        });
        assertThat(counts).containsOnly(5_000);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** An output that takes nothing until it is opened. */
    private static final class Valve extends OutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final Semaphore waiting = new Semaphore(0);
        private final List<String> writes = Collections.synchronizedList(new ArrayList<>());
        private volatile Thread writer = Thread.currentThread();
        private volatile boolean broken;

        void open() {
            open.countDown();
        }

        void awaitWrite() throws InterruptedException {
            waiting.acquire();
        }

        String text() {
            return String.join("", writes);
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writer = Thread.currentThread();
            waiting.release();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (broken) {
                throw new IOException("Broken pipe");
            }
            var copy = new ByteArrayOutputStream();
            copy.write(bytes, offset, length);
            writes.add(copy.toString(UTF_8));
        }
    }
}
