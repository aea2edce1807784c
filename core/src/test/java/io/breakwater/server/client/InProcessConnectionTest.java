package io.breakwater.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.contract.ClientTransportContract;
import io.breakwater.port.driven.ClientTransport;
import org.junit.jupiter.api.Test;

/** The contract of transports, for one lasting connection to a server in the same process. */
class InProcessConnectionTest extends ClientTransportContract {
    @Override
    protected ClientTransport connect() {
        return InProcessTransport.connection(endpoint.host());
    }

    @Test
    void closesTheConnection() {
        transport.close();

        assertThat(endpoint.closed().getCount()).isZero();
    }
}
