package io.breakwater.core.testkit;

import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport without clients, for tests of what a server passes to its transports. */
public class HostedTransport implements Transport {
    private final CompletableFuture<Host> host = new CompletableFuture<>();

    /** Creates a transport that is not started. */
    public HostedTransport() {}

    /** Returns what the server passed to this transport; waits until the transport is started. */
    public final Host host() {
        return host.join();
    }

    @Override
    public final void start(Host host) {
        this.host.complete(host);
    }

    @Override
    public final void startGracefulShutdown() {}

    @Override
    public final void drain() {}

    @Override
    public final boolean stop(Duration grace) {
        return true;
    }

    @Override
    public final CompletionStage<Void> ended() {
        return new CompletableFuture<>();
    }

    @Override
    public final String address() {
        return "in memory";
    }
}
