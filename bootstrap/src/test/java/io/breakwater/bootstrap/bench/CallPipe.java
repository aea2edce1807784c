package io.breakwater.bootstrap.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;

/**
 * Calls through a pipe with many in flight, made so that the load costs less than any server under it. All calls are
 * alike but for their id, which always has nine digits, so all answers are alike too: the first one is read with care
 * and kept, and every other one is held against it, byte by byte, without being parsed.
 */
final class CallPipe {
    private static final int FIRST_ID = 100_000_000;
    private static final int DIGITS = 9;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Process process;
    private final OutputStream out;
    private final InputStream in;
    private final int window;
    private final BitSet answered = new BitSet();
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream(1 << 16);
    private byte[] call = {};
    private byte[] answer = {};
    private int callId;
    private int answerId;
    private int sent;
    private int reply;
    private volatile int progress; // reply, as the watch sees it
    private byte[] buffer = new byte[1 << 16];
    private int begin;
    private int end;

    CallPipe(Process process, int window) {
        this.process = process;
        this.out = process.getOutputStream();
        this.in = process.getInputStream();
        this.window = window;
    }

    void say(String line) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next line. */
    String hear() throws IOException {
        for (int i = begin; ; i++) {
            while (i >= end) {
                i -= begin; // what is there moves to the front of the buffer
                if (!more()) {
                    throw new IOException("the server is gone");
                }
            }
            if (buffer[i] == '\n') {
                var line = new String(buffer, begin, i - begin, StandardCharsets.UTF_8);
                begin = i + 1;
                return line;
            }
        }
    }

    /** Makes one call and learns from it what an answer looks like. */
    void learn(String tool) throws IOException {
        var id = String.valueOf(FIRST_ID);
        var text =
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":{\"message\":\"hello world\"}}}"
                        .formatted(id, tool);
        say(text);
        var first = hear();
        if (!first.contains("hello world") || !first.contains(id)) {
            throw new IOException("not an echo: " + first);
        }
        call = (text + '\n').getBytes(StandardCharsets.UTF_8);
        answer = (first + '\n').getBytes(StandardCharsets.UTF_8);
        callId = text.indexOf(id);
        answerId = first.indexOf(id);
    }

    /** Calls until that is done and everything is answered, or the server has said nothing for ten seconds. */
    Tally run(Amount amount) throws IOException {
        int sentBefore = sent;
        int heardBefore = reply;
        var watch = Thread.startVirtualThread(this::watch);
        long start = System.nanoTime();
        boolean there = true;
        while (there) {
            boolean goes = System.nanoTime() - start < amount.time().toNanos();
            while (goes && sent - reply < window && sent - sentBefore < amount.calls()) {
                put(sent++);
            }
            flush();
            there = sent > reply && more();
            takeAnswers();
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        watch.interrupt();
        return new Tally(sent - sentBefore, reply - heardBefore, took);
    }

    /** Ends a server that no longer answers: reading from it then ends too. */
    private void watch() {
        try {
            int before;
            do {
                before = progress;
            } while (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS) && progress != before);
            process.destroyForcibly();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(int number) {
        int rest = FIRST_ID + number;
        for (int i = callId + DIGITS - 1; i >= callId; i--) {
            call[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        batch.writeBytes(call);
    }

    private void flush() throws IOException {
        if (batch.size() > 0) {
            batch.writeTo(out);
            out.flush();
            batch.reset();
        }
    }

    private void takeAnswers() throws IOException {
        for (; end - begin >= answer.length; begin += answer.length) {
            int number = number();
            if (!like() || number < 0 || number >= sent || answered.get(number)) {
                throw new IOException("not the answer to an open call: " + hear());
            }
            answered.set(number);
            reply++;
        }
        progress = reply;
    }

    private int number() {
        int id = 0;
        for (int i = begin + answerId; i < begin + answerId + DIGITS; i++) {
            id = id * 10 + buffer[i] - '0';
        }
        return id - FIRST_ID;
    }

    private boolean like() {
        int after = answerId + DIGITS;
        return Arrays.equals(buffer, begin, begin + answerId, answer, 0, answerId)
                && Arrays.equals(buffer, begin + after, begin + answer.length, answer, after, answer.length);
    }

    /** Reads what there is; false at the end. */
    private boolean more() throws IOException {
        System.arraycopy(buffer, begin, buffer, 0, end - begin);
        end -= begin;
        begin = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * end);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    void close() throws IOException {
        out.close();
    }

    record Tally(int sent, int answered, Duration took) {}
}
