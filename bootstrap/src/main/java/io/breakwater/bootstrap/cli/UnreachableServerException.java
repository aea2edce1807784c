package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.client.ConnectionFailures;
import io.breakwater.port.PortException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Thrown when a server does not answer, or cannot be trusted. */
final class UnreachableServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the message is a sentence with the reason. */
    UnreachableServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Creates the exception for a connection that failed. */
    static UnreachableServerException of(PortException failure) {
        var reason = String.valueOf(failure.getMessage());
        return new UnreachableServerException(
                ConnectionFailures.isUntrusted(failure)
                        ? reason + " If you trust it, set outbound.trust-store to a PEM file with the certificate of"
                                + " its authority, or with its own if it is self-signed."
                        : reason,
                failure);
    }
}
