package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.Sources;
import io.breakwater.port.driving.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The configured memory reaches the transports. */
class MemoryWiringTest {

    @Test
    void aTransportGetsTheBudgetThatIsSet() {
        var options = List.of(
                new Sources.Option("limits.memory", "2MiB", "--set"),
                new Sources.Option("limits.memory-share", "50%", "--set"));
        var configuration = Configuration.load(new Sources(null, Map.of(), options, Path.of("")));
        var transport = new HostedTransport();

        try (var server = Wiring.of(configuration).server().serve(transport)) {
            var memory = transport.host.join().memory();

            assertThat(server).isNotNull();
            assertThat(memory.limit()).isEqualTo(2 << 20);
            assertThat(memory.share()).isEqualTo(1 << 20);
        }
    }

    private static final class HostedTransport implements Transport {
        private final CompletableFuture<Host> host = new CompletableFuture<>();

        @Override
        public void start(Host host) {
            this.host.complete(host);
        }

        @Override
        public void takeLeave() {}

        @Override
        public void drain() {}

        @Override
        public boolean stop(Duration grace) {
            return true;
        }

        @Override
        public CompletionStage<Void> ended() {
            return new CompletableFuture<>();
        }

        @Override
        public String address() {
            return "nowhere";
        }
    }
}
