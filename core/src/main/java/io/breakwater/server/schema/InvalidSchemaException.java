package io.breakwater.server.schema;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A schema, or a record that should become one, cannot be used; the message is a sentence for its author that names the
 * place and what to do.
 */
public final class InvalidSchemaException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** For that reason. */
    public InvalidSchemaException(String sentence) {
        super(sentence);
    }

    /** For that reason, found by somebody else. */
    public InvalidSchemaException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
