package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.testkit.HostedTransport;
import io.breakwater.port.driven.Dependency;
import io.breakwater.sample.waiting.Eventually;
import java.util.List;
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

    private final class Leaning extends HostedTransport {
        private final Dependency dependency = Dependency.optional("tls", scope -> asked.countDown());

        @Override
        public List<Dependency> dependencies() {
            return List.of(dependency);
        }
    }
}
