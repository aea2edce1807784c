package io.breakwater.server.schema;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A schema, or a record from which a schema is derived, is not valid. The message tells its author the position and the
 * solution.
 */
public final class InvalidSchemaException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Creates an exception with this message. */
    public InvalidSchemaException(String message) {
        super(message);
    }

    /** Creates an exception with this message and the cause of the failure. */
    public InvalidSchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
