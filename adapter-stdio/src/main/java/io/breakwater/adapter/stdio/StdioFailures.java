package io.breakwater.adapter.stdio;

import io.breakwater.port.PortException;
import java.io.IOException;

/** Creates the exceptions for a broken connection over standard input and output. */
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
                        ? "The client has closed its end of standard output."
                        : "Standard output cannot be written: " + reason + ".",
                null,
                failure);
    }
}
