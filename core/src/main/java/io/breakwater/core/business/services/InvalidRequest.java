package io.breakwater.core.business.services;

import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.support.VisibleText;

/** Creates the exceptions for requests that are never sent. The messages quote no text of callers, except names. */
final class InvalidRequest {
    private static final int MAX_SHOWN = 100;

    private InvalidRequest() {}

    static RefusedException because(String message) {
        return new RefusedException(Reason.INVALID, message, null);
    }

    /** Returns a name of the caller in quotes, shortened and without characters that could disturb a line of text. */
    static String quoted(String name) {
        return VisibleText.quoted(name, MAX_SHOWN);
    }
}
