package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads a server at a fixed rate, and writes down each call: {@code TimedLoad PORT RATE SECONDS REQUEST-FILE RESULT-FILE}.
 * A call that hangs delays no other, because each has a connection of its own. A line of the result has the microseconds
 * of the time of day at which the call was due, the microseconds from then to the response, and the outcome: {@code
 * success}, {@code error} of the tool, {@code refused} or {@code lost}.
 */
public final class TimedLoad {
    private static final int OK = 200;
    private static final String TOOL_ERROR = "\"isError\":true";

    private final int port;
    private final byte[] request;
    private final TimedCall[] calls;
    private final ConcurrentLinkedQueue<LoadConnection> free = new ConcurrentLinkedQueue<>();

    private TimedLoad(int port, byte[] request, int calls) {
        this.port = port;
        this.request = request;
        this.calls = new TimedCall[calls];
    }

    private enum Outcome {
        SUCCESS,
        ERROR,
        REFUSED,
        LOST
    }

    private record TimedCall(long due, long nanos, Outcome outcome) {
        String line(Instant start) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, start) + TimeUnit.NANOSECONDS.toMicros(due);
            return micros + "," + TimeUnit.NANOSECONDS.toMicros(nanos) + ","
                    + outcome.name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes the result when the last call has ended. */
    public static void main(String[] arguments) throws IOException {
        int rate = Integer.parseInt(arguments[1]);
        var load = new TimedLoad(
                Integer.parseInt(arguments[0]),
                Files.readAllBytes(Path.of(arguments[3])),
                rate * Integer.parseInt(arguments[2]));
        var start = Instant.now();
        load.run(TimeUnit.SECONDS.toNanos(1) / rate);
        Files.write(Path.of(arguments[4]), load.lines(start));
    }

    private void run(long nanosBetween) {
        long begin = System.nanoTime();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < calls.length; i++) {
                int number = i;
                long due = begin + i * nanosBetween;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                threads.execute(() -> {
                    var outcome = call();
                    calls[number] = new TimedCall(due - begin, System.nanoTime() - due, outcome);
                });
            }
        }
    }

    private Outcome call() {
        try {
            var known = free.poll();
            var connection = known == null ? LoadConnection.to(port) : known;
            int status = connection.exchange(request);
            var outcome = status != OK
                    ? Outcome.REFUSED
                    : connection.latest().contains(TOOL_ERROR) ? Outcome.ERROR : Outcome.SUCCESS;
            release(connection);
            return outcome;
        } catch (IOException lost) {
            return Outcome.LOST;
        }
    }

    private void release(LoadConnection connection) throws IOException {
        if (connection.closing()) {
            connection.close();
        } else {
            free.add(connection);
        }
    }

    private List<String> lines(Instant start) {
        return Arrays.stream(calls).map(call -> call.line(start)).toList();
    }
}
