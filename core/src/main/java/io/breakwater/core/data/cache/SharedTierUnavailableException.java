package io.breakwater.core.data.cache;

import java.io.Serial;

/** What lies beyond the process is left alone at present, or did not answer; calls go on without it. */
final class SharedTierUnavailableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    SharedTierUnavailableException(String message) {
        super(message, null, false, false);
    }
}
