package io.breakwater.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What transports lean on is part of the health report. */
class TransportDependenciesTest {
    private final CountDownLatch asked = new CountDownLatch(2);

    @Test
    void thoseOfEachTransportAreChecked() throws InterruptedException {
        try (var server = Breakwater.named("test").build()) {
            server.serve(new Leaning());
            server.serve(new Leaning());

            assertThat(asked.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private final class Leaning implements Transport {
        private final Dependency dependency = Dependency.optional("tls", scope -> asked.countDown());

        @Override
        public List<Dependency> dependencies() {
            return List.of(dependency);
        }

        @Override
        public void start(Host host) {}

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
