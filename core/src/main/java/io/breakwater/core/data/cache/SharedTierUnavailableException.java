package io.breakwater.core.data.cache;

import java.io.Serial;

/** The shared tier is not available or did not answer; calls continue without it. */
public final class SharedTierUnavailableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    SharedTierUnavailableException(String message) {
        super(message, null, false, false);
    }
}
