package io.breakwater.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.Breakwater;
import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ServerRunTest {
    private final RecordedTransport transport = new RecordedTransport();
    private final ServerRun run =
            new ServerRun(Breakwater.named("test").build(), new Departure(Duration.ofMillis(1), Duration.ofSeconds(7)));

    @Test
    void aSignalDrainsAndThenStops() throws InterruptedException {
        run.begin(transport);
        run.end(StopSignal.TERM);

        assertThat(run.untilEnd()).isTrue();
        assertThat(transport.told).containsExactly("start", "take leave", "take leave", "drain", "stop within PT7S");
    }

    @Test
    void aClientThatHasGoneIsNotWaitedFor() throws InterruptedException {
        run.begin(transport);
        transport.ended.complete(null);

        assertThat(run.untilEnd()).isTrue();
        assertThat(transport.told).containsExactly("start", "take leave", "take leave", "drain", "stop within PT0.5S");
    }

    @Test
    void tellsWhenSomethingAcceptedWasLost() throws InterruptedException {
        transport.whole = false;
        run.begin(transport);
        run.end(StopSignal.INT);

        assertThat(run.untilEnd()).isFalse();
    }

    private static final class RecordedTransport implements Transport {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean whole = true;

        @Override
        public void start(Host host) {
            told.add("start");
        }

        @Override
        public void takeLeave() {
            told.add("take leave");
        }

        @Override
        public void drain() {
            told.add("drain");
        }

        @Override
        public boolean stop(Duration grace) {
            told.add("stop within " + grace);
            return whole;
        }

        @Override
        public CompletionStage<Void> ended() {
            return ended;
        }

        @Override
        public String address() {
            return "nowhere";
        }
    }
}
