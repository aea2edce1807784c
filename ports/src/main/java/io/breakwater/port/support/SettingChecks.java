package io.breakwater.port.support;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the components of settings records. The messages about values begin with the name of the component, such as
 * {@code bodyBytes must be greater than 0}; the messages about null also name the record.
 */
public final class SettingChecks {
    private SettingChecks() {}

    /**
     * Returns the value.
     *
     * @param component the record and its component, such as {@code HttpSettings.host}
     * @throws NullPointerException when the value is null; the message names the component
     */
    public static <T> T notNull(@Nullable T value, String component) {
        if (value == null) {
            throw new NullPointerException(component + " must not be null.");
        }
        return value;
    }

    /**
     * Returns an immutable copy.
     *
     * @throws NullPointerException when the list or one of its elements is null
     */
    public static <T> List<T> nonNullCopy(@Nullable List<T> values, String component) {
        return List.copyOf(withoutNull(notNull(values, component), component));
    }

    /**
     * Returns an immutable copy.
     *
     * @throws NullPointerException when the set or one of its elements is null
     */
    public static <T> Set<T> nonNullCopy(@Nullable Set<T> values, String component) {
        return Set.copyOf(withoutNull(notNull(values, component), component));
    }

    private static <T, C extends Collection<T>> C withoutNull(C values, String component) {
        for (var value : values) {
            notNull(value, "An element of " + component);
        }
        return values;
    }

    /**
     * Refuses an invalid value.
     *
     * @throws IllegalArgumentException when it is not valid
     */
    public static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Refuses a number that is not above 0. */
    public static void positive(long value, String component) {
        atLeast(1, value, component);
    }

    /** Refuses a number below a minimum. */
    public static void atLeast(long minimum, long value, String component) {
        check(value >= minimum, shortName(component) + " must be at least " + minimum + ", but is " + value + ".");
    }

    /** Refuses null, and a time that is not longer than zero. */
    public static void positive(@Nullable Duration value, String component) {
        check(
                notNull(value, component).isPositive(),
                shortName(component) + " must be longer than zero, but is " + value + ".");
    }

    /** Refuses null, and a negative time. */
    public static void notNegative(@Nullable Duration value, String component) {
        check(
                !notNull(value, component).isNegative(),
                shortName(component) + " must not be negative, but is " + value + ".");
    }

    /** Refuses null, and a time that is not longer than zero or longer than this number of days. */
    public static void positive(@Nullable Duration value, long maximumDays, String component) {
        positive(value, component);
        atMost(maximumDays, value, component);
    }

    /** Refuses null, and a time longer than this number of days. */
    public static void atMost(long days, @Nullable Duration value, String component) {
        check(
                notNull(value, component).compareTo(Duration.ofDays(days)) <= 0,
                shortName(component) + " must be at most " + days + " days, but is " + value + ".");
    }

    private static String shortName(String component) {
        return component.substring(component.lastIndexOf('.') + 1);
    }
}
