package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import org.jspecify.annotations.Nullable;

/**
 * How a setting is written and what it may be. One kind serves every source: a file, a variable and an option all bring
 * text.
 */
interface SettingType<T> {

    /** What the text says, or null when it does not fit. */
    @Nullable
    T parse(String text);

    /** The text that {@link #parse} reads as this value. */
    String text(T value);

    /** What may be written, as a noun: {@code a whole number from 0 to 65535}. */
    String allowed();

    /** The value as JSON, for reports. */
    default Json json(T value) {
        return Json.of(text(value));
    }

    /** True when a value that was made in Java, not read, is within the bounds. */
    default boolean admits(T value) {
        return value.equals(parse(text(value)));
    }

    /** True when a value must never be shown. */
    default boolean secret() {
        return false;
    }

    /** What was probably meant by a text that does not fit, as a clause, or null. */
    default @Nullable String guess(String text) {
        return null;
    }

    /**
     * What the source says.
     *
     * @throws InvalidValueException when it does not fit
     */
    default T read(ConfigurationNode node) {
        if (!(node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin))) {
            throw new InvalidValueException(node.origin(), node.noun() + " stands here", "write " + allowed());
        }
        var value = parse(text.strip());
        if (value == null) {
            throw unfit(text, origin);
        }
        return value;
    }

    private InvalidValueException unfit(String text, ValueOrigin origin) {
        var what = secret() ? "the value does not fit" : "'" + abridged(text) + "' does not fit";
        var guess = guess(text);
        return new InvalidValueException(origin, what, "write " + allowed() + (guess == null ? "" : "; " + guess));
    }

    private static String abridged(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
