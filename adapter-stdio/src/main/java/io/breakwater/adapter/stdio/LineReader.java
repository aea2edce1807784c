package io.breakwater.adapter.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream of bytes into messages, one per line. It reads in bulk and copies each line once. Blank lines are
 * skipped, a carriage return before the line feed is dropped, and the last line needs no line feed.
 *
 * <p>A line over the limit is dropped while it arrives, so that it never takes more memory than the limit; only the id
 * of the request in it is kept. Only {@link #tooLong} is thread-safe.
 */
final class LineReader {
    private static final int INITIAL_CAPACITY = 1 << 16;

    private final InputStream in;
    private final int maxLine;
    private final Runnable beforeRead;
    private final AtomicLong tooLong = new AtomicLong();
    private byte[] buffer;
    private int start;
    private int end;
    private boolean ended;
    private @Nullable IOException failure;

    /** Runs {@code beforeRead} whenever no whole line is left and the next read may block. */
    LineReader(InputStream in, int maxLine, Runnable beforeRead) {
        this.in = in;
        this.maxLine = maxLine;
        this.beforeRead = beforeRead;
        this.buffer = new byte[Math.min(INITIAL_CAPACITY, maxLine + 2)];
    }

    /** Returns the next line; null at the end of the input. */
    @Nullable
    Line next() {
        while (true) {
            var line = rawLine();
            if (!(line instanceof Line.Message(byte[] body)) || !blank(body)) {
                return line;
            }
        }
    }

    /** The number of lines over the limit. Any thread may call this. */
    long tooLong() {
        return tooLong.get();
    }

    /** Why the input failed; null if the client ended it or it has not ended. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private @Nullable Line rawLine() {
        var searched = start;
        while (true) {
            var lineFeed = ByteSearch.indexOf((byte) '\n', buffer, searched, end);
            if (lineFeed >= 0) {
                return extractLine(lineFeed, lineFeed + 1);
            }
            if (ended) {
                return start < end ? extractLine(end, end) : null;
            }
            if (end - start > maxLine + 1) {
                return skipRest();
            }
            searched = end - start;
            fill();
        }
    }

    private Line extractLine(int lineEnd, int next) {
        var from = start;
        start = next;
        var to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        return to - from > maxLine ? tooLong(from, to) : new Line.Message(Arrays.copyOfRange(buffer, from, to));
    }

    /** Moves the unread bytes to the front, enlarges the buffer if it is full, and reads more. */
    private void fill() {
        beforeRead.run();
        var left = end - start;
        if (left == 0 && buffer.length > INITIAL_CAPACITY) {
            buffer = new byte[INITIAL_CAPACITY];
        } else if (left == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * left, maxLine + 2L));
        } else {
            System.arraycopy(buffer, start, buffer, 0, left);
        }
        start = 0;
        end = left;
        read();
    }

    private void read() {
        var count = readSome();
        ended = count < 0;
        end += Math.max(0, count);
    }

    /** An input that fails counts as ended. */
    private int readSome() {
        try {
            return in.read(buffer, end, buffer.length - end);
        } catch (IOException e) {
            failure = e;
            return -1;
        }
    }

    private Line tooLong(int from, int to) {
        var scanner = new RequestIdScanner();
        scanner.scan(buffer, from, to);
        return dropped(scanner);
    }

    private Line skipRest() {
        var scanner = new RequestIdScanner();
        scanner.scan(buffer, start, end);
        var lineFeed = -1;
        do {
            start = 0;
            end = 0;
            beforeRead.run();
            read();
            lineFeed = ByteSearch.indexOf((byte) '\n', buffer, 0, end);
            scanner.scan(buffer, 0, lineFeed < 0 ? end : lineFeed);
        } while (lineFeed < 0 && !ended);
        start = lineFeed < 0 ? end : lineFeed + 1;
        return dropped(scanner);
    }

    private Line dropped(RequestIdScanner scanner) {
        tooLong.incrementAndGet();
        return new Line.TooLong(scanner.requestId());
    }

    private static boolean blank(byte[] line) {
        for (var b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
