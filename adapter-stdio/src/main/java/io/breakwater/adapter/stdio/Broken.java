package io.breakwater.adapter.stdio;

import io.breakwater.port.Failure;
import java.io.IOException;

/** Says why a connection over standard input and output broke. */
final class Broken {
    private Broken() {}

    static Failure.UnavailableException input(IOException failure) {
        return new Failure.UnavailableException("Standard input cannot be read: " + failure.getMessage() + ".", null, failure);
    }

    static Failure.UnavailableException output(IOException failure) {
        var reason = String.valueOf(failure.getMessage());
        return new Failure.UnavailableException(
                reason.contains("Broken pipe")
                        ? "The client has gone: it reads standard output no longer."
                        : "Standard output cannot be written: " + reason + ".",
                null,
                failure);
    }
}
