package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ClientTransportContract;
import io.breakwater.port.contract.RecordingReceiver;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The contract of transports, over two pipes to a server. */
class StdioClientTransportTest extends ClientTransportContract {
    private final Pipe toServer = Pipe.open();
    private final Pipe toClient = Pipe.open();
    private final OutputStream serverOut = Channels.newOutputStream(toClient.sink());
    private final StdioTransport server =
            StdioTransport.on(Channels.newInputStream(toServer.source()), serverOut, StdioSettings.defaults());

    StdioClientTransportTest() throws IOException {}

    @Override
    protected ClientTransport connect() {
        server.start(new Transport.Host(endpoint, List.of(), MetricSink.none()));
        return StdioClientTransport.on(
                Channels.newInputStream(toClient.source()), Channels.newOutputStream(toServer.sink()));
    }

    @Override
    protected void stopServer() {
        server.stop(Duration.ofMillis(1));
    }

    @Test
    void hasALastingConnection() {
        assertThat(transport.isSession()).isTrue();
    }

    @Test
    void endsTheConnectionWhenItIsClosed() throws Exception {
        transport.close();

        assertThat(endpoint.closed().await(Eventually.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(connection().end()).containsInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    void reportsThatTheServerHasExited() throws Exception {
        keepReplies();
        send("1");
        takeReply();

        serverOut.close();

        assertThat(connection().end())
                .get()
                .isInstanceOf(PortException.UnavailableException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("The server has closed the connection.");
    }

    @Test
    void eachFurtherMessageReportsThatTheServerHasExited() throws Exception {
        serverOut.close();
        assertThat(connection().end()).isPresent();

        var received = new RecordingReceiver();
        transport.send(new OutgoingMessage("1".getBytes(UTF_8), Map.of()), received);

        assertThat(received.end()).containsInstanceOf(PortException.UnavailableException.class);
    }
}
