package io.breakwater.server.client;

import io.breakwater.port.contract.ClientExchangeContract;
import io.breakwater.port.driven.ClientTransport;

/** The contract of transports with separate exchanges, for a server in the same process. */
class InProcessExchangesTest extends ClientExchangeContract {
    @Override
    protected ClientTransport connect() {
        return InProcessTransport.exchanges(endpoint.host());
    }
}
