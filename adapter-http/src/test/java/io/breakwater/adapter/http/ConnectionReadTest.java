package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.MetricSink;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Transport;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a connection reads from its socket. */
class ConnectionReadTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpEventLoop loop = new HttpEventLoop(
            HttpSettings.defaults(),
            new TransportCounters(1),
            new Transport.Host(new ScriptedEndpoint(), List.of(), MetricSink.none()),
            vertx.getOrCreateContext());
    private final ClientConnection connection = new ClientConnection(
            new ConnectionKey(
                    SocketAddress.inetSocketAddress(1, "127.0.0.1"), SocketAddress.inetSocketAddress(2, "127.0.0.1")),
            () -> loop);
    private final EmbeddedChannel channel = new EmbeddedChannel(connection);

    @AfterEach
    void close() throws Exception {
        channel.finishAndReleaseAll();
        vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    @Test
    void takesNothingFromTheSocketWhileItIsStopped() {
        connection.stopReading();
        assertThat(channel.config().isAutoRead()).isFalse();

        connection.resumeReading();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void hasAtMost16KiBInHandHoweverMuchArrives() {
        var reads = channel.config().getRecvByteBufAllocator().newHandle();
        for (int i = 0; i < 100; i++) {
            reads.reset(channel.config());
            reads.attemptedBytesRead(reads.guess());
            reads.lastBytesRead(reads.guess());
            reads.incMessagesRead(1);
            reads.readComplete();
        }

        assertThat(reads.guess()).isEqualTo(16 * 1024);
    }
}
