package io.breakwater.core.testkit;

import io.breakwater.port.driving.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport that no client reaches: what a server gives to transports can be seen through it. */
public class HostedTransport implements Transport {
    private final CompletableFuture<Host> host = new CompletableFuture<>();

    public HostedTransport() {}

    /** What the server gave it; waits until it was started. */
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
        return "nowhere";
    }
}
