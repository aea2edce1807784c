package io.breakwater.core.validation;

/**
 * One mismatch between a value and its schema.
 *
 * @param pointer the location in the value, as a JSON Pointer (RFC 6901); empty for the value itself
 * @param message what is expected and what the value is: {@code must be at least 0, was -1}
 */
public record Violation(String pointer, String message) {
    /** {@code /items/0/price: must be at least 0, was -1}. */
    @Override
    public String toString() {
        return pointer.isEmpty() ? message : pointer + ": " + message;
    }
}
