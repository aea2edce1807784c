package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * The format and the allowed values of a setting. All sources use the same type, since a file, a variable and an option
 * all contain text.
 */
interface SettingType<T> {

    /** Parses the text; returns null when it is not valid. */
    @Nullable
    T parse(String text);

    /** Returns the text that {@link #parse} reads as this value. */
    String text(T value);

    /** Returns the allowed values as a noun: {@code a whole number from 0 to 65535}. */
    String allowed();

    /** Returns the value as JSON, for reports. */
    default Json json(T value) {
        return Json.of(text(value));
    }

    /** Whether a value that was created in Java, not parsed, is allowed. */
    default boolean admits(T value) {
        return value.equals(parse(text(value)));
    }

    /** Whether the value must never be printed. */
    default boolean secret() {
        return false;
    }

    /** Whether a text that is not valid may contain a secret, so that an error must not repeat it. */
    default boolean mayContainSecret(String text) {
        return secret();
    }

    /** Whether the value is a group of settings, which needs a file, or JSON in the other sources. */
    default boolean isGroup() {
        return false;
    }

    /** Returns a suggestion for an invalid text, as a clause, or null. */
    default @Nullable String guess(String text) {
        return null;
    }

    /**
     * Reads the value from a source.
     *
     * @throws InvalidValueException when the value is not valid
     */
    default T read(ConfigurationNode node) {
        if (!(node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin, boolean quoted))) {
            throw new InvalidValueException(node.origin(), "found " + node.noun() + " here", "write " + allowed());
        }
        var value = parse(text.strip());
        if (value == null) {
            throw unfit(text, origin);
        }
        return value;
    }

    private InvalidValueException unfit(String text, ValueOrigin origin) {
        var what = mayContainSecret(text) ? "the value is not valid" : "'" + abridged(text) + "' is not valid";
        var guess = guess(text);
        return new InvalidValueException(origin, what, "write " + allowed() + (guess == null ? "" : "; " + guess));
    }

    private static String abridged(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
