package io.breakwater.adapter.http;

import io.netty.channel.ChannelHandler;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Vert.x of our own: made at start, closed at stop, shared with nobody. */
final class VertxInstance {
    private final Vertx vertx;
    private final int eventLoops;

    /**
     * An engine whose listening sockets pass that gate.
     *
     * @param gate a sharable handler
     */
    VertxInstance(int eventLoops, ChannelHandler gate) {
        this.eventLoops = eventLoops;
        vertx = Vertx.builder()
                .with(VertxSettings.vertx(eventLoops))
                .withTransport(new Gated(best(), gate))
                .build();
    }

    /**
     * The certificate and key to serve with.
     *
     * @throws io.breakwater.port.PortException.Refused when they cannot be used
     */
    CheckedKeyPair pair(HttpSettings.Tls tls, Instant now) {
        return KeyPairFiles.usable(tls, vertx, now);
    }

    /** Reads that pair again. */
    Certificates.Source source(HttpSettings.Tls tls, InstantSource clock) {
        return new Certificates.Source() {
            @Override
            public KeyPairFiles read() throws IOException {
                return KeyPairFiles.read(tls);
            }

            @Override
            public CheckedKeyPair check(KeyPairFiles files) throws GeneralSecurityException {
                return files.checked(vertx, clock.instant());
            }
        };
    }

    /** Starts one server per event loop; returns when all of them listen. */
    void listen(Supplier<EventLoopServer> servers) {
        var each = new DeploymentOptions().setInstances(eventLoops);
        await(vertx.deployVerticle(servers, each));
    }

    /** Closes all connections and ends all threads. */
    void close() {
        await(vertx.close());
    }

    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    /** Epoll or kqueue where the native library loads, the JDK's selectors otherwise. */
    private static Transport best() {
        var fast = Transport.nativeTransport();
        return fast != null && fast.available() ? fast : Transport.NIO;
    }

    /** That transport with a gate at its listening sockets. */
    private record Gated(Transport plain, ChannelHandler gate) implements Transport {
        @Override
        public String name() {
            return plain.name();
        }

        @Override
        public boolean available() {
            return plain.available();
        }

        @Override
        public @Nullable Throwable unavailabilityCause() {
            return plain.unavailabilityCause();
        }

        @Override
        public io.vertx.core.spi.transport.Transport implementation() {
            return new LimitedTransport(plain.implementation(), gate);
        }
    }
}
