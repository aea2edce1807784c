package io.breakwater.adapter.http.identity;

import io.breakwater.port.PortException;
import java.net.ConnectException;

/** Describes for the log why an issuer cannot be asked. */
final class IssuerFailure {
    private IssuerFailure() {}

    /** Returns the message of the exception, and the address that a message for callers does not contain. */
    static String reason(PortException failure) {
        var message = String.valueOf(failure.getMessage());
        return failure instanceof PortException.RefusedException
                        && failure.getCause() instanceof ConnectException cause
                        && cause.getMessage() != null
                ? message + " (" + cause.getMessage() + ")"
                : message;
    }
}
