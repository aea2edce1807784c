package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads a server over HTTP at a fixed rate: {@code RateLoad PORT RATE WARM SECONDS CONNECTIONS REQUEST-FILE}. Times
 * count from the moment a request was due, not from when it could be sent: while a server stalls, every request that
 * was due meanwhile waits, and shows it; {@code sent99} counts from when it was sent, which is all that the server can
 * know. What was due in the first {@code WARM} seconds is not counted.
 */
public final class RateLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long NAP = Duration.ofNanos(20_000).toNanos();

    private final List<PacedConnection> connections = new ArrayList<>();
    private final double nanosBetween;
    private final long[] times;
    private final long[] sentTimes;
    private int timed;

    private RateLoad(double rate, long seconds) {
        this.nanosBetween = 1e9 / rate;
        this.times = new long[(int) (rate * seconds) + 1];
        this.sentTimes = new long[times.length];
    }

    /**
     * Prints {@code p50}, {@code p99}, {@code max} and {@code sent99} in microseconds, and how many requests that is
     * of.
     */
    public static void main(String[] arguments) throws IOException {
        double rate = Double.parseDouble(arguments[1]);
        long warm = Long.parseLong(arguments[2]);
        long seconds = Long.parseLong(arguments[3]);
        var load = new RateLoad(rate, seconds);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        byte[] request = Files.readAllBytes(Path.of(arguments[5]));
        try (var selector = Selector.open()) {
            for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                load.connections.add(PacedConnection.to(address, request, i, selector));
            }
            load.run(selector, warm, seconds);
        }
        System.out.println(load.summary());
    }

    private void run(Selector selector, long warm, long seconds) throws IOException {
        long begin = System.nanoTime();
        long counted = begin + Duration.ofSeconds(warm).toNanos();
        long end = counted + Duration.ofSeconds(seconds).toNanos();
        while (send(begin, end)) {
            if (System.nanoTime() - end > TIMEOUT.toNanos()) {
                throw new IOException("the server still owes answers");
            }
            if (selector.selectNow(key -> receive(key, counted)) == 0) {
                LockSupport.parkNanos(NAP);
            }
        }
    }

    /** Sends what is due on connections that are free; false when all that was due before the end is answered. */
    private boolean send(long begin, long end) throws IOException {
        boolean goesOn = false;
        long now = System.nanoTime();
        for (int i = 0; i < connections.size(); i++) {
            var connection = connections.get(i);
            if (connection.busy()) {
                goesOn = true;
                continue;
            }
            long due = begin + (long) ((i + (double) connection.sent() * connections.size()) * nanosBetween);
            goesOn |= due < end;
            if (due < end && due <= now) {
                connection.send(due);
            }
        }
        return goesOn;
    }

    private void receive(SelectionKey key, long counted) {
        var connection = (PacedConnection) key.attachment();
        if (connection.answered() && connection.due() >= counted) {
            long now = System.nanoTime();
            times[timed] = now - connection.due();
            sentTimes[timed++] = now - connection.sentAt();
        }
    }

    private String summary() {
        Arrays.sort(times, 0, timed);
        Arrays.sort(sentTimes, 0, timed);
        return "requests=%d p50=%d p99=%d max=%d sent99=%d"
                .formatted(timed, micros(times, 0.5), micros(times, 0.99), micros(times, 1), micros(sentTimes, 0.99));
    }

    private long micros(long[] times, double part) {
        return times[Math.max(0, (int) Math.ceil(timed * part) - 1)] / 1_000;
    }
}
