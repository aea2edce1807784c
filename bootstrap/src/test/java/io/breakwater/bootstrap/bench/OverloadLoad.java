package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads a server with the requests of several callers, each at a fixed rate, whatever the server answers: {@code
 * OverloadLoad PORT WARM SECONDS CONNECTIONS REQUEST-FILE RATE ...}. Times count from the moment a request was due. What
 * was due in the first {@code WARM} seconds is not counted.
 */
public final class OverloadLoad {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE = Duration.ofNanos(20_000).toNanos();
    private static final int SERVED = 200;

    private final List<PacedLane> callers = new ArrayList<>();

    private OverloadLoad() {}

    /** Prints, for each caller, the calls that were offered and served, and the p50 and p99 of the latter in µs. */
    public static void main(String[] arguments) throws IOException {
        int warm = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        var load = new OverloadLoad();
        try (var selector = Selector.open()) {
            for (int i = 4; i < arguments.length; i += 2) {
                var requests = new byte[Integer.parseInt(arguments[i + 1]) * (warm + seconds)][];
                Arrays.fill(requests, Files.readAllBytes(Path.of(arguments[i])));
                var caller =
                        new PacedLane(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[i + 1]), requests);
                caller.connect(Integer.parseInt(arguments[3]), selector);
                load.callers.add(caller);
            }
            load.run(selector, warm, seconds);
        }
        System.out.println(load.summary());
    }

    private void run(Selector selector, int warm, int seconds) throws IOException {
        long begin = System.nanoTime();
        long counted = begin + Duration.ofSeconds(warm).toNanos();
        long limit = counted + Duration.ofSeconds(seconds).plus(TIMEOUT).toNanos();
        boolean goesOn = true;
        while (goesOn) {
            goesOn = false;
            for (var caller : callers) {
                goesOn |= caller.send(begin);
            }
            if (System.nanoTime() - limit > 0) {
                throw new IOException("the server still owes responses");
            }
            if (selector.selectNow(key -> PacedLane.receive(key, counted)) == 0) {
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private String summary() {
        var all = new StringBuilder();
        for (int i = 0; i < callers.size(); i++) {
            var caller = callers.get(i);
            all.append("offered_%d=%d served_%d=%d p50_%d=%d p99_%d=%d "
                    .formatted(
                            i,
                            caller.timed(),
                            i,
                            caller.timed(SERVED),
                            i,
                            caller.micros(0.5, SERVED),
                            i,
                            caller.micros(0.99, SERVED)));
        }
        return all.toString().strip();
    }
}
