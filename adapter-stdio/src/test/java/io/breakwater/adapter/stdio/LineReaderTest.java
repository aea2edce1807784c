package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {
    private static final int LIMIT = 1024;

    @Test
    void cutsLines() {
        assertThat(lines("{\"a\":1}\n[2]\n3")).containsExactly("{\"a\":1}", "[2]", "3");
    }

    @Test
    void passesOverBlankLinesAndCarriageReturns() {
        assertThat(lines("\n\r\n  \t\n1\r\n\n2 \r\n\r")).containsExactly("1", "2 ");
    }

    @Test
    void keepsACarriageReturnWithinALine() {
        assertThat(lines("a\rb\n")).containsExactly("a\rb");
    }

    @Test
    void takesALineOfExactlyTheLimit() {
        var line = "x".repeat(LIMIT);

        assertThat(lines(line + "\n" + line + "\r\n" + line)).containsExactly(line, line, line);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, LIMIT, 1_000_000})
    void dropsALineOverTheLimit(int over) {
        var reader = reader(of("1\n2" + " ".repeat(LIMIT + over - 1) + "\n3\n"));

        assertThat(all(reader)).containsExactly("1", "too long: null", "3");
        assertThat(reader.tooLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, LIMIT, 1_000_000})
    void keepsTheIdOfARequestOverTheLimit(int over) {
        var head = "{\"method\":\"m\",\"params\":{\"a\":\"";
        var tail = "\"},\"id\":7}";
        var filling = "x".repeat(LIMIT + over - head.length() - tail.length());

        assertThat(lines(head + filling + tail + "\n3")).containsExactly("too long: 7", "3");
    }

    @Test
    void dropsALineOverTheLimitThatNeverEnds() {
        assertThat(lines("y".repeat(5 * LIMIT))).containsExactly("too long: null");
    }

    @Test
    void takesNoMoreMemoryThanTheLimitForALineOfAGibibyte() {
        var gibibyte = new Endless(1L << 30);
        var reader = new LineReader(gibibyte, 1 << 20, () -> {});

        assertThat(all(reader)).hasSize(1);
        assertThat(gibibyte.largestRead).isLessThanOrEqualTo((1 << 20) + 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void cutsTheSameLinesHoweverTheyArrive(long seed) {
        var random = new Random(seed);
        var lines = IntStream.range(0, 300)
                .mapToObj(i -> "x".repeat(1 + random.nextInt(LIMIT)))
                .toList();
        var text = lines.stream().collect(Collectors.joining("\n", "", "\n"));

        assertThat(all(reader(new Dripping(text.getBytes(UTF_8), random))))
                .as("seed " + seed)
                .isEqualTo(lines);
    }

    @Test
    void treatsAnInputThatFailsAsOneThatEnded() throws IOException {
        var failing = InputStream.nullInputStream();
        failing.close();

        assertThat(all(reader(failing))).isEmpty();
    }

    @Test
    void saysWhenItHasNoWholeLineLeft() {
        var reads = new ArrayList<Integer>();
        var taken = new ArrayList<String>();
        var reader = new LineReader(of("1\n2\n3"), LIMIT, () -> reads.add(taken.size()));

        for (Line line; (line = reader.next()) != null; ) {
            taken.add(text(line));
        }

        assertThat(reads).containsExactly(0, 2);
    }

    private static List<String> lines(String text) {
        return all(reader(of(text)));
    }

    private static LineReader reader(InputStream in) {
        return new LineReader(in, LIMIT, () -> {});
    }

    private static InputStream of(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<String> all(LineReader reader) {
        var lines = new ArrayList<String>();
        for (Line line; (line = reader.next()) != null; ) {
            lines.add(text(line));
        }
        return lines;
    }

    private static String text(Line line) {
        return switch (line) {
            case Line.Message(byte[] body) -> new String(body, UTF_8);
            case Line.TooLong(var id) -> "too long: " + id;
        };
    }

    /** Gives a few bytes at a time. */
    private static final class Dripping extends ByteArrayInputStream {
        private final Random random;

        Dripping(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(100)));
        }
    }

    /** Many bytes without a line end. */
    private static final class Endless extends InputStream {
        private long left;
        private int largestRead;

        Endless(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'z' : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            largestRead = Math.max(largestRead, length);
            left -= length;
            Arrays.fill(bytes, offset, offset + length, (byte) 'z');
            return left > 0 ? length : -1;
        }
    }
}
