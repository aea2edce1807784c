package io.breakwater.bootstrap.config;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one section for a settings record. The settings that are read are the known ones. */
final class SectionReader {
    private final ConfigurationBinder reading;
    private final String path;
    private final ConfigurationNode.Group group;
    private final Set<String> known = new LinkedHashSet<>();

    SectionReader(ConfigurationBinder reading, String path, ConfigurationNode.Group group) {
        this.reading = reading;
        this.path = path;
        this.group = group;
    }

    /** Returns a section within this one. */
    SectionReader section(String name, String description) {
        known.add(name);
        return reading.section(path(name), description, group.get(name));
    }

    /** Returns the names that the files contain in this section. */
    Set<String> writtenNames() {
        return group.members().keySet();
    }

    /** Returns the names below this section for which a source that overrides the files sets this setting. */
    Set<String> overridingNames(Setting<?> setting) {
        return reading.names(path, setting.name());
    }

    /** Reports an error of a name that is written in this section. */
    void refuseName(String name, String what, String remedy) {
        known.add(name);
        var member = group.members().get(name);
        reading.refuse(
                new ConfigurationError(member == null ? group.origin() : member.key(), path(name), what, remedy));
    }

    /** Returns the value of a setting that has a default; the default if the value is invalid. */
    <T> T get(Setting<T> setting) {
        var value = find(setting);
        if (value == null) {
            throw new IllegalStateException(path(setting.name()) + " has no default");
        }
        return value;
    }

    /** Returns the value of a setting, or null when no source sets it and it has no default. */
    <T> @Nullable T find(Setting<T> setting) {
        known.add(setting.name());
        return reading.value(path(setting.name()), setting, group.get(setting.name()));
    }

    /** Whether a source contains a value of the setting, valid or not. */
    boolean isGiven(Setting<?> setting) {
        return reading.isGiven(path(setting.name()), setting, group.get(setting.name()));
    }

    /** Whether the setting is written in this section without any content. */
    boolean isEmpty(Setting<?> setting) {
        var member = group.members().get(setting.name());
        return member != null && isEmpty(member.value());
    }

    /** Whether the name of the setting is written in this section, and nothing after it. */
    boolean hasNoValue(Setting<?> setting) {
        var member = group.members().get(setting.name());
        return member != null && member.value() == null;
    }

    private static boolean isEmpty(@Nullable ConfigurationNode node) {
        return switch (node) {
            case null -> true;
            case ConfigurationNode.Scalar scalar -> false;
            case ConfigurationNode.Items list -> list.items().isEmpty();
            case ConfigurationNode.Group members -> members.members().isEmpty();
        };
    }

    /** Reports an error of a setting whose name is written in this section, at that place. */
    void refuseWritten(Setting<?> setting, String what, String remedy) {
        var name = Objects.requireNonNull(group.members().get(setting.name())).key();
        reading.refuse(new ConfigurationError(name, path(setting.name()), what, remedy));
    }

    /** Reports a conflict between settings that are valid on their own. */
    void refuse(Setting<?> setting, String what, String remedy) {
        reading.refuse(path(setting.name()), what, remedy);
    }

    /** Reports an error of the whole section. */
    void refuse(String what, String remedy) {
        reading.refuse(new ConfigurationError(group.origin(), path, what, remedy));
    }

    /** Returns the value of a setting that must be set; if it is missing or invalid, that is an error. */
    <T> Optional<T> require(Setting<T> setting) {
        var value = find(setting);
        if (value == null && group.get(setting.name()) == null) {
            refuse(
                    "'" + setting.name() + "' is missing",
                    "write " + setting.kind().allowed());
        }
        return Optional.ofNullable(value);
    }

    /** Creates an object from the values; if that throws, the error is reported and the other object is returned. */
    <T> T create(Supplier<T> factory, T replacement) {
        try {
            return factory.get();
        } catch (IllegalArgumentException refused) {
            reading.refuseTogether(path, String.valueOf(refused.getMessage()), group.origin());
            return replacement;
        }
    }

    String path() {
        return path;
    }

    ConfigurationNode.Group group() {
        return group;
    }

    Set<String> known() {
        return known;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
