package io.breakwater.adapter.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.SettingNames;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest {

    /** Checks of instances run while the server stops; an exception on the event loop would be an ERROR in the log. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestAfterTheEndFailsInsteadOfThrowing(boolean keep) {
        var connector = Connector.withEventLoops(1, OutboundSettings.defaults(), SettingNames.JAVA);
        connector.close();

        var opened = connector.open(
                Target.of(URI.create("http://127.0.0.1:9")),
                InetAddress.getLoopbackAddress(),
                new RequestOptions(),
                keep);

        assertThat(opened.cause()).isInstanceOf(RejectedExecutionException.class);
    }
}
