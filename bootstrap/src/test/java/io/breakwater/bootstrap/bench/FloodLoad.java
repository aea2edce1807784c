package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Good calls at one rate, and other requests beside them at another, in one thread. */
final class FloodLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE = Duration.ofNanos(20_000).toNanos();
    private static final int CONNECTIONS = 64;

    private final CredentialRequests requests;
    private final byte[] good;
    private final int warmSeconds;
    private final int seconds;

    /**
     * Creates a load.
     *
     * @param good the request of the good calls, always with the same token
     * @param warmSeconds the time at the beginning whose requests are not timed
     */
    FloodLoad(CredentialRequests requests, byte[] good, int warmSeconds, int seconds) {
        this.requests = requests;
        this.good = good.clone();
        this.warmSeconds = warmSeconds;
        this.seconds = seconds;
    }

    /** Loads the server; returns the times of the good calls in microseconds, and the number of each response. */
    String run(int goodRate, CredentialKind kind, int rate, long firstNumber) throws IOException {
        var calls = lane(goodRate, number -> good);
        var flood = lane(rate, number -> requests.request(kind, firstNumber + number));
        try (var selector = Selector.open()) {
            calls.connect(CONNECTIONS, selector);
            flood.connect(CONNECTIONS, selector);
            run(calls, flood, selector);
        }
        return "good_p50=%d good_p99=%d good_max=%d flood_p99=%d good: %s flood: %s"
                .formatted(
                        calls.micros(0.5),
                        calls.micros(0.99),
                        calls.micros(1),
                        flood.micros(0.99),
                        calls.statuses(),
                        flood.statuses());
    }

    /** All requests are created before the first one is sent. */
    private PacedLane lane(int rate, IntFunction<byte[]> request) {
        var all = new byte[rate * (warmSeconds + seconds)][];
        Arrays.setAll(all, request);
        return new PacedLane(requests.port(), rate, all);
    }

    private void run(PacedLane calls, PacedLane flood, Selector selector) throws IOException {
        long begin = System.nanoTime();
        long counted = begin + Duration.ofSeconds(warmSeconds).toNanos();
        long limit = counted + Duration.ofSeconds(seconds).plus(TIMEOUT).toNanos();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = calls.send(begin);
            goesOn |= flood.send(begin);
            if (System.nanoTime() - limit > 0) {
                throw new IOException("the server still owes responses");
            }
            if (selector.selectNow(key -> PacedLane.receive(key, counted)) == 0) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
