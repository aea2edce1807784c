package io.breakwater.adapter.stdio;

import io.breakwater.port.PortException;
import java.io.IOException;

/** Says why a connection over standard input and output broke. */
final class StdioFailures {
    private StdioFailures() {}

    static PortException.UnavailableException input(IOException failure) {
        return new PortException.UnavailableException(
                "Standard input cannot be read: " + failure.getMessage() + ".", null, failure);
    }

    static PortException.UnavailableException output(IOException failure) {
        var reason = String.valueOf(failure.getMessage());
        return new PortException.UnavailableException(
                reason.contains("Broken pipe")
                        ? "The client has gone: it reads standard output no longer."
                        : "Standard output cannot be written: " + reason + ".",
                null,
                failure);
    }
}
