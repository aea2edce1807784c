package io.breakwater.bootstrap.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.PortException;
import io.breakwater.port.driving.Transport;
import io.breakwater.port.memory.MemoryAuditLog;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.settings.AuditFailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerRunTest {
    private final CapturedLog log = CapturedLog.of(ServerRun.class);
    private final List<String> told = new ArrayList<>();
    private final RecordedTransport transport = new RecordedTransport();
    private final ServerRun run = new ServerRun(
            Breakwater.named("test").build(), new ShutdownPlan(Duration.ofMillis(1), Duration.ofSeconds(7)));

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aSignalDrainsAndThenStops() throws InterruptedException {
        run.begin(transport);
        run.end(StopSignal.TERM);

        assertThat(run.awaitStop()).isTrue();
        assertThat(transport.told).containsExactly("start", "take leave", "take leave", "drain", "stop within PT7S");
    }

    @Test
    void doesNotWaitForADisconnectedClient() throws InterruptedException {
        run.begin(transport);
        transport.ended.complete(null);

        assertThat(run.awaitStop()).isTrue();
        assertThat(transport.told).containsExactly("start", "take leave", "take leave", "drain", "stop within PT0.5S");
    }

    @Test
    void tellsWhenSomethingAcceptedWasLost() throws InterruptedException {
        transport.whole = false;
        run.begin(transport);
        run.end(StopSignal.INT);

        assertThat(run.awaitStop()).isFalse();
    }

    @Test
    @CoversOutage("audit log: audit folder not writable when the server stops")
    void lostEntriesOfTheAuditLogAreAFailure() throws InterruptedException {
        var link = new SimulatedLink();
        var server = Breakwater.named("test")
                .auditLog(new MemoryAuditLog(link), AuditFailurePolicy.DENY_WRITES)
                .build();
        var recorded = new ServerRun(server, new ShutdownPlan(Duration.ZERO, Duration.ofSeconds(7)));
        recorded.begin(transport);
        link.cut();
        try (var client = InMemoryClient.of(server)) {
            client.tools();
        }
        recorded.end(StopSignal.TERM);

        assertThat(recorded.awaitStop()).isFalse();
    }

    @Test
    void reportsWhyTheClientDisconnected() throws InterruptedException {
        transport.whole = false;
        run.begin(transport);
        transport.ended.completeExceptionally(new PortException.UnavailableException(
                "Standard output cannot be written: No space left on device.", null, null));

        assertThat(run.awaitStop()).isFalse();
        assertThat(log.messages())
                .containsExactly(
                        "Stopping: Standard output cannot be written: No space left on device.",
                        "Stopped; answers that the client had not read are lost");
    }

    @Test
    void aBrokenConnectionIsAFailureThoughNothingWasLost() throws InterruptedException {
        run.begin(transport);
        transport.ended.completeExceptionally(
                new PortException.UnavailableException("Standard input cannot be read: Is a directory.", null, null));

        assertThat(run.awaitStop()).isFalse();
    }

    @Test
    void tellsThatTheInputHasEnded() throws InterruptedException {
        run.begin(transport);
        transport.ended.complete(null);
        run.end(StopSignal.TERM);
        run.awaitStop();

        assertThat(log.messages()).containsExactly("Stopping, because the client has closed the input", "Stopped");
    }

    @Test
    void tellsOfTheSignalBeforeTheEndBegins() throws InterruptedException {
        log.onLine(line -> told.add(line.getFormattedMessage() + " " + run.isEnding()));
        run.begin(transport);
        run.end(StopSignal.TERM);
        run.awaitStop();

        assertThat(told).startsWith("Stopping false").endsWith("Stopped true");
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
        public void startGracefulShutdown() {
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
