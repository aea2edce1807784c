package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields with which a request authenticates to a service. Thread-safe. */
interface RequestCredentials {

    /**
     * Returns the fields for a call. May wait for a token.
     *
     * @throws io.breakwater.port.PortException.UnavailableException when there is no token at present
     * @throws io.breakwater.port.PortException.RefusedException when the caller cannot have one
     */
    Map<String, String> fields(CallContext context);

    /** The service has refused the fields of this call. */
    default void rejected(CallContext context) {
        // A fixed secret stays what it is.
    }

    /** Returns why there are no credentials at present, for operators; null if there is no known reason. */
    default @Nullable String problem() {
        return null;
    }
}
