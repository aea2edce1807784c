package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.McpException;
import java.io.Serial;

/** A request names what the caller cannot find, so it is rejected before it becomes a call. */
public final class UnknownTargetException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Lookup.Missing<?> missing;

    /** Creates the exception for a failed lookup. */
    public UnknownTargetException(Lookup.Missing<?> missing) {
        super(missing.error().getMessage(), null, false, false);
        this.missing = missing;
    }

    /** Records the refusal under the id of the request, and returns the error for the caller. */
    public McpException refuse(String requestId) {
        return missing.refuse(requestId);
    }
}
