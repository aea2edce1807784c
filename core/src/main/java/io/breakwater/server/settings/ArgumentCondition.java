package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.atLeast;
import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.Json;
import java.util.List;

/**
 * A condition on one argument of a call. An argument that is absent does not meet it. An argument of another type than
 * the condition expects is an error, which denies the call.
 *
 * @param pointer the argument as a JSON pointer (RFC 6901), for example {@code /customer/region}
 * @param test what the value must be
 */
public record ArgumentCondition(String pointer, Test test) {

    /** Refuses what is not a JSON pointer to a member. */
    public ArgumentCondition {
        notNull(pointer, "ArgumentCondition.pointer");
        notNull(test, "ArgumentCondition.test");
        check(
                pointer.startsWith("/") && !pointer.matches(".*~(?![01]).*"),
                "The pointer of an argument must be a JSON pointer such as /customer/region, not \"" + pointer + "\".");
    }

    /** A test of a value. */
    public sealed interface Test {}

    /**
     * The value equals this one. Numbers are equal if their values are.
     *
     * @param value the expected value
     */
    public record Equal(Json value) implements Test {
        /** Refuses null. */
        public Equal {
            notNull(value, "Equal.value");
        }
    }

    /**
     * The value equals one of these.
     *
     * @param values the expected values
     */
    public record In(List<Json> values) implements Test {
        /** Copies the list, and refuses an empty one. */
        public In {
            values = nonNullCopy(values, "In.values");
            check(!values.isEmpty(), "A condition on an argument needs at least one value.");
        }
    }

    /**
     * The value is a text that matches the pattern.
     *
     * @param pattern a pattern as in {@link AccessRule}
     */
    public record Glob(String pattern) implements Test {
        /** Refuses null. */
        public Glob {
            notNull(pattern, "Glob.pattern");
        }
    }

    /**
     * The value is a text with at most this number of characters, or an array with at most this number of items.
     *
     * @param length the maximum length
     */
    public record MaxLength(int length) implements Test {
        /** Refuses a negative length. */
        public MaxLength {
            atLeast(0, length, "MaxLength.length");
        }
    }
}
