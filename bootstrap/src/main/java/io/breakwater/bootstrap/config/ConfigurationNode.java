package io.breakwater.bootstrap.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The uninterpreted content of a source: text, lists and groups, each with its origin. Text stays text until a
 * {@link SettingType} parses it, so that {@code version: 1.10} does not become a number first.
 */
sealed interface ConfigurationNode {

    /** Returns where it begins. */
    ValueOrigin origin();

    /** Returns the noun for error messages. */
    String noun();

    /**
     * One value.
     *
     * @param quoted whether the source says that it is a text, and not a number or a truth value
     */
    record Scalar(String text, ValueOrigin origin, boolean quoted) implements ConfigurationNode {
        Scalar(String text, ValueOrigin origin) {
            this(text, origin, false);
        }

        @Override
        public String noun() {
            return "a single value";
        }
    }

    /** A list of values. */
    record Items(List<ConfigurationNode> items, ValueOrigin origin) implements ConfigurationNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /** Named values, in the order of the source. */
    record Group(Map<String, Member> members, ValueOrigin origin) implements ConfigurationNode {
        static final Group EMPTY = new Group(Map.of(), ValueOrigin.BUILT_IN);

        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String noun() {
            return "a group of settings";
        }

        /** Returns the value with a name, or null when it is absent or empty. */
        @Nullable
        ConfigurationNode get(String name) {
            var member = members.get(name);
            return member == null ? null : member.value();
        }

        /**
         * Overrides the members of a source with lower precedence: groups are merged, all other values are replaced.
         */
        Group over(Group lower) {
            var merged = new LinkedHashMap<>(lower.members);
            members.forEach((name, member) -> merged.merge(name, member, (low, high) -> high.over(low)));
            return new Group(merged, origin);
        }
    }

    /**
     * A named value in a group.
     *
     * @param key where the name is written
     * @param value null when the name has no value, which leaves the setting unchanged
     */
    record Member(ValueOrigin key, @Nullable ConfigurationNode value) {
        /** Overrides a member with the same name: groups are merged, all other values are replaced. */
        Member over(Member lower) {
            if (value == null) {
                return lower;
            }
            return value instanceof Group high && lower.value() instanceof Group low
                    ? new Member(key, high.over(low))
                    : this;
        }
    }

    /** Creates a list of texts with one origin. */
    static Items texts(List<String> texts, ValueOrigin origin) {
        var items = new ArrayList<ConfigurationNode>();
        texts.forEach(text -> items.add(new Scalar(text, origin)));
        return new Items(items, origin);
    }
}
