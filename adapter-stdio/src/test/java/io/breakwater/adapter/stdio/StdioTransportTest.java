package io.breakwater.adapter.stdio;

import io.breakwater.port.contract.TransportContract;
import io.breakwater.port.driving.Transport;
import org.junit.jupiter.api.AfterEach;

/** What every transport must do, done over pipes. */
class StdioTransportTest extends TransportContract {
    private final Wires wires = new Wires();

    @AfterEach
    void closePipes() {
        wires.close();
    }

    @Override
    protected Transport make() {
        return wires.transport(StdioSettings.defaults());
    }

    @Override
    protected Client connect(Transport started) {
        return wires.reading().client();
    }

    @Override
    protected Client connectWithoutReading(Transport started) {
        return wires.client();
    }
}
