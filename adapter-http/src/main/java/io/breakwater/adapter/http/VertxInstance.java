package io.breakwater.adapter.http;

import io.breakwater.port.SettingNames;
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

/** A Vert.x instance for one transport: created at start and closed at stop. */
final class VertxInstance {
    private final Vertx vertx;
    private final int eventLoops;

    /**
     * Creates an instance.
     *
     * @param connectionLimiter the handler of the listening sockets; it must be sharable
     */
    VertxInstance(int eventLoops, ChannelHandler connectionLimiter) {
        this.eventLoops = eventLoops;
        vertx = Vertx.builder()
                .with(VertxSettings.vertx(eventLoops))
                .withTransport(new LimitedTransportProvider(bestTransport(), connectionLimiter))
                .build();
    }

    /**
     * Reads the certificate and its key.
     *
     * @throws io.breakwater.port.PortException.RefusedException when they cannot be used
     */
    CheckedKeyPair pair(HttpSettings.Tls tls, Instant now, SettingNames names) {
        return KeyPairFiles.readChecked(tls, vertx, now, names);
    }

    /** Returns the source from which the pair is reloaded. */
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

    /** Starts one server per event loop, and returns when all of them listen. */
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

    /** Returns epoll or kqueue if the native library loads, otherwise the JDK's selectors. */
    private static Transport bestTransport() {
        var fast = Transport.nativeTransport();
        return fast != null && fast.available() ? fast : Transport.NIO;
    }

    /** Adds a handler to the listening sockets of a transport. */
    private record LimitedTransportProvider(Transport plain, ChannelHandler connectionLimiter) implements Transport {
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
            return new LimitedTransport(plain.implementation(), connectionLimiter);
        }
    }
}
