package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A group of settings as one value, for lists of groups. Its settings come from one source, so that two sources never
 * mix in one item of a list.
 *
 * @param reader reads the group; returns null if it has reported an error, and throws an IllegalArgumentException if
 *     the values are not valid together
 * @param report writes the value for reports, with secrets masked
 * @param members the names of the settings
 */
record GroupType<T>(Function<SectionReader, @Nullable T> reader, Function<T, Json> report, List<String> members)
        implements SettingType<T> {

    @Override
    public T read(ConfigurationNode node) {
        if (!(node instanceof ConfigurationNode.Group group)) {
            return SettingType.super.read(node);
        }
        var errors = new ArrayList<ConfigurationError>();
        var binder = new ConfigurationBinder(List.of(), errors::add);
        T value = read(binder.root(group), group.origin(), errors);
        binder.refuseUnknown();
        if (value == null || !errors.isEmpty()) {
            throw InvalidValueException.of(errors);
        }
        return value;
    }

    /**
     * Returns the items of a list that is written as JSON in a source that contains text only.
     *
     * @throws InvalidValueException when the text is not such a list; the message does not contain it
     */
    static List<ConfigurationNode> parseItems(String text, ValueOrigin origin) {
        try {
            var errors = new ArrayList<ConfigurationError>();
            var value = YamlReader.read(origin.toString(), "{items: " + text + "}", errors::add)
                    .get("items");
            if (errors.isEmpty() && value instanceof ConfigurationNode.Items list) {
                return list.items();
            }
        } catch (UnreadableSourceException malformed) {
            throw notJsonItems(origin); // without the cause, whose message could contain a part of the text
        }
        throw notJsonItems(origin);
    }

    private static InvalidValueException notJsonItems(ValueOrigin origin) {
        return new InvalidValueException(
                origin,
                "the value is not a list",
                origin instanceof ValueOrigin.File
                        ? "write each item below the name of the setting, as '- name: value'"
                        : "write it as JSON: [{...}]");
    }

    private @Nullable T read(SectionReader group, ValueOrigin origin, List<ConfigurationError> errors) {
        try {
            return reader.apply(group);
        } catch (IllegalArgumentException invalid) {
            errors.add(new ConfigurationError(origin, "", String.valueOf(invalid.getMessage()), null));
            return null;
        }
    }

    /** Returns null: one text cannot contain a group. */
    @Override
    public @Nullable T parse(String text) {
        return null;
    }

    @Override
    public String text(T value) {
        return value.toString();
    }

    @Override
    public Json json(T value) {
        return report.apply(value);
    }

    @Override
    public String allowed() {
        return "a group of " + String.join(", ", members);
    }

    @Override
    public boolean admits(T value) {
        return true;
    }

    @Override
    public boolean isGroup() {
        return true;
    }
}
