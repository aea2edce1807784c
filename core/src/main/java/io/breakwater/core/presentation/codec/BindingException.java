package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Violation;
import java.io.Serial;

/**
 * A value cannot be converted from or to JSON. The message is for callers, and the exception has no stack trace. Each
 * enclosing codec adds its member or index, so that the path costs nothing until a conversion fails.
 */
final class BindingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String pointer;

    /** Creates an exception with the rest of a sentence as its message, for example {@code must be base64}. */
    BindingException(String reason) {
        this(reason, "");
    }

    private BindingException(String reason, String pointer) {
        super(reason, null, false, false);
        this.reason = reason;
        this.pointer = pointer;
    }

    /** Returns the same failure with a path from the enclosing object. */
    BindingException in(String member) {
        return new BindingException(reason, '/' + member.replace("~", "~0").replace("/", "~1") + pointer);
    }

    /** Returns the same failure with a path from the enclosing array. */
    BindingException in(int index) {
        return new BindingException(reason, "/" + index + pointer);
    }

    /** Returns the failure as a violation for the caller. */
    Violation violation() {
        return new Violation(pointer, reason);
    }

    /** Returns the failure as a sentence on a value of the server. */
    String describe() {
        return (pointer.isEmpty() ? "the value" : pointer) + " " + reason;
    }
}
