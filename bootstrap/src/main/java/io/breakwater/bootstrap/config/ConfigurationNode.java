package io.breakwater.bootstrap.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source says, before anybody knows what it means: text, lists and groups, each with the place it was written.
 * Text stays text until a {@link SettingType} reads it, so that {@code version: 1.10} is not a number first.
 */
sealed interface ConfigurationNode {

    /** Where it begins. */
    ValueOrigin origin();

    /** How it is called when it stands where something else belongs. */
    String noun();

    /** One value. */
    record Scalar(String text, ValueOrigin origin) implements ConfigurationNode {
        @Override
        public String noun() {
            return "a single value";
        }
    }

    /** Values in order. */
    record Items(List<ConfigurationNode> items, ValueOrigin origin) implements ConfigurationNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /** Named values; the order of the source is kept. */
    record Group(Map<String, Member> members, ValueOrigin origin) implements ConfigurationNode {
        static final Group EMPTY = new Group(Map.of(), ValueOrigin.BUILT_IN);

        public Group {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String noun() {
            return "a group of settings";
        }

        /** The value of that name, or null when it is absent or left empty. */
        @Nullable
        ConfigurationNode get(String name) {
            var member = members.get(name);
            return member == null ? null : member.value();
        }

        /** These members laid over those of a source that counts less: groups merge, everything else replaces. */
        Group over(Group lower) {
            var merged = new LinkedHashMap<>(lower.members);
            members.forEach((name, member) -> merged.merge(name, member, (low, high) -> high.over(low)));
            return new Group(merged, origin);
        }
    }

    /**
     * A named value in a group.
     *
     * @param key where the name was written
     * @param value null when nothing was written after the name, which leaves the setting as it was
     */
    record Member(ValueOrigin key, @Nullable ConfigurationNode value) {
        /** Laid over one of the same name: groups merge, everything else replaces. */
        Member over(Member lower) {
            if (value == null) {
                return lower;
            }
            return value instanceof Group high && lower.value() instanceof Group low
                    ? new Member(key, high.over(low))
                    : this;
        }
    }

    /** A list of plain texts, all of one origin. */
    static Items texts(List<String> texts, ValueOrigin origin) {
        var items = new ArrayList<ConfigurationNode>();
        texts.forEach(text -> items.add(new Scalar(text, origin)));
        return new Items(items, origin);
    }
}
