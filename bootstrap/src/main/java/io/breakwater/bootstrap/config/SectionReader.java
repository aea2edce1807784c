package io.breakwater.bootstrap.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A group of settings as a settings record reads it. Asking for a setting is what makes it known. */
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

    /** A group within this one. */
    SectionReader section(String name, String meaning) {
        known.add(name);
        return reading.section(path(name), meaning, group.get(name));
    }

    /** The value of a setting that has a default; the default too when what is written does not fit. */
    <T> T get(Setting<T> setting) {
        var value = find(setting);
        if (value == null) {
            throw new IllegalStateException(path(setting.name()) + " has no default");
        }
        return value;
    }

    /** The value of a setting, or null when no source sets it and it has no default. */
    <T> @Nullable T find(Setting<T> setting) {
        known.add(setting.name());
        return reading.value(path(setting.name()), setting, group.get(setting.name()));
    }

    /** Reports that settings which are fine each do not fit together. */
    void refuse(Setting<?> setting, String what, String remedy) {
        reading.refuse(path(setting.name()), what, remedy);
    }

    /** What is made of the values; if it refuses them together, that is reported, and the other one stands in. */
    <T> T made(Supplier<T> maker, T otherwise) {
        try {
            return maker.get();
        } catch (IllegalArgumentException refused) {
            reading.refuseTogether(path, String.valueOf(refused.getMessage()), group.origin());
            return otherwise;
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
