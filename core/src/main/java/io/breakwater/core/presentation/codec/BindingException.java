package io.breakwater.core.presentation.codec;

import io.breakwater.core.validation.Violation;
import java.io.Serial;

/**
 * JSON and a value did not come together, in words for the reader and without a class or a stack. Whoever is passed by
 * on its way up says where that was, so finding the place costs nothing until something fails.
 */
final class BindingException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String words;
    private final String pointer;

    /** What is wrong, as the rest of a sentence: {@code must be base64}. */
    BindingException(String words) {
        this(words, "");
    }

    private BindingException(String words, String pointer) {
        super(words, null, false, false);
        this.words = words;
        this.pointer = pointer;
    }

    /** The same, seen from the object around it. */
    BindingException in(String member) {
        return new BindingException(words, '/' + member.replace("~", "~0").replace("/", "~1") + pointer);
    }

    /** The same, seen from the array around it. */
    BindingException in(int index) {
        return new BindingException(words, "/" + index + pointer);
    }

    /** As the caller is told. */
    Violation violation() {
        return new Violation(pointer, words);
    }

    /** As a sentence about a value of ours. */
    String sentence() {
        return (pointer.isEmpty() ? "it" : pointer) + " " + words;
    }
}
