package io.breakwater.bootstrap.config;

import io.breakwater.port.support.NameSuggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the settings records. It finds each value in the sources, checks every source that sets it, and records
 * the effective values and the errors. Names in the files that no record requests are unknown settings.
 */
final class ConfigurationBinder {
    private final List<SettingSource> layers;
    private final Consumer<ConfigurationError> errors;
    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final Map<String, Found<?>> found = new LinkedHashMap<>();
    private final List<SectionReader> sections = new ArrayList<>();

    /**
     * Creates a pass.
     *
     * @param layers the sources that override the files, the one with the highest precedence first
     * @param errors receives all errors
     */
    ConfigurationBinder(List<SettingSource> layers, Consumer<ConfigurationError> errors) {
        this.layers = List.copyOf(layers);
        this.errors = errors;
    }

    /** Returns the reader for the settings outside of any section. */
    SectionReader root(ConfigurationNode.Group files) {
        return openSection("", "", files);
    }

    SectionReader section(String path, String description, @Nullable ConfigurationNode written) {
        if (written == null || written instanceof ConfigurationNode.Group) {
            return openSection(
                    path,
                    description,
                    written instanceof ConfigurationNode.Group group ? group : ConfigurationNode.Group.EMPTY);
        }
        var section = openSection(path, description, ConfigurationNode.Group.EMPTY);
        errors.accept(new ConfigurationError(
                written.origin(),
                path,
                "found " + written.noun() + " here",
                "write the settings of '" + path + "' below it"));
        return section;
    }

    private SectionReader openSection(String path, String description, ConfigurationNode.Group group) {
        var section = new SectionReader(this, path, group);
        descriptions.put(path, description);
        sections.add(section);
        return section;
    }

    /** Returns the effective value; an invalid value is reported and ignored. */
    <T> @Nullable T value(String path, Setting<T> setting, @Nullable ConfigurationNode written) {
        T value = null;
        ValueOrigin origin = ValueOrigin.BUILT_IN;
        for (var node : candidates(path, setting, written)) {
            T read = read(path, setting, node);
            if (value == null && read != null) {
                value = read;
                origin = node.origin();
            }
        }
        value = value == null ? setting.fallback() : value;
        found.put(path, new Found<>(path, setting, value, origin));
        return value;
    }

    /** The effective value of a setting; the description is created only on request, since a start does not need it. */
    private record Found<T>(
            String path, Setting<T> setting, @Nullable T value, ValueOrigin origin) {
        EffectiveSetting effective() {
            return EffectiveSetting.of(path, setting, value, origin);
        }
    }

    private List<ConfigurationNode> candidates(String path, Setting<?> setting, @Nullable ConfigurationNode written) {
        var nodes = new ArrayList<ConfigurationNode>();
        layers.stream()
                .flatMap(layer -> Stream.ofNullable(layer.find(path, setting)))
                .forEach(nodes::add);
        if (written != null) {
            nodes.add(written);
        }
        return nodes;
    }

    /** Returns the names directly below a section for which a source that overrides the files sets this setting. */
    Set<String> names(String section, String setting) {
        return layers.stream()
                .flatMap(layer -> layer.names(section, setting).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private <T> @Nullable T read(String path, Setting<T> setting, ConfigurationNode node) {
        try {
            return setting.kind().read(node);
        } catch (InvalidValueException unfit) {
            Stream.concat(Stream.of(unfit), Stream.of(unfit.getSuppressed()))
                    .map(InvalidValueException.class::cast)
                    .forEach(one -> errors.accept(one.at(path)));
            return null;
        }
    }

    /** Reports an effective value that conflicts with others. */
    void refuse(String path, String what, @Nullable String remedy) {
        var value = found.get(path);
        errors.accept(
                new ConfigurationError(value == null ? ValueOrigin.BUILT_IN : value.origin(), path, what, remedy));
    }

    void refuse(ConfigurationError error) {
        errors.accept(error);
    }

    /**
     * Reports an error of a settings record for a whole section; if the message begins with a component of the record,
     * its setting is reported.
     */
    void refuseTogether(String section, String sentence, ValueOrigin origin) {
        var component = sentence.split(" ", 2)[0];
        var path = SettingKeys.inSection(section, component);
        boolean known = found.containsKey(path);
        var rest = SettingKeys.withKeys(known ? sentence.substring(component.length()) : sentence, section, paths());
        if (known) {
            refuse(path, "it" + rest, null);
        } else {
            errors.accept(new ConfigurationError(origin, section, rest, null));
        }
    }

    /** Reports the names in the files that are not settings. */
    void refuseUnknown() {
        for (var section : sections) {
            section.group().members().forEach((name, member) -> {
                if (!section.known().contains(name)) {
                    errors.accept(unknown(section, name, member.key()));
                }
            });
        }
    }

    private ConfigurationError unknown(SectionReader section, String name, ValueOrigin key) {
        var path = section.path().isEmpty() ? name : section.path() + "." + name;
        var remedy =
                RenamedSettings.path(path).map(today -> "it is now " + today).orElseGet(() -> remedy(section, name));
        return new ConfigurationError(key, path, "there is no such setting", remedy);
    }

    private String remedy(SectionReader section, String name) {
        return NameSuggestion.to(name, section.known())
                .or(() -> paths().stream()
                        .filter(known -> known.endsWith("." + name))
                        .findFirst())
                .map(suggestion -> "did you mean " + suggestion + "?")
                .orElse("known here: " + String.join(", ", section.known()));
    }

    /** Whether a source contains a value of the setting, valid or not. */
    boolean isGiven(String path, Setting<?> setting, @Nullable ConfigurationNode written) {
        return !candidates(path, setting, written).isEmpty();
    }

    /** Whether a source sets the setting. */
    boolean isSet(String path) {
        var value = found.get(path);
        return value != null && !value.origin().equals(ValueOrigin.BUILT_IN);
    }

    /** Returns the effective value of a setting; null if there is none. */
    @Nullable
    Object value(String path) {
        var value = found.get(path);
        return value == null ? null : value.value();
    }

    /** Returns the paths of all settings. */
    Set<String> paths() {
        return found.keySet();
    }

    /** Returns the names of the top-level sections. */
    Set<String> topSections() {
        var top = new LinkedHashSet<>(descriptions.keySet());
        top.removeIf(path -> path.isEmpty() || path.contains("."));
        return top;
    }

    /** Returns all settings, by section. */
    List<SectionReport> sections() {
        return descriptions.entrySet().stream()
                .map(section -> new SectionReport(section.getKey(), section.getValue(), settingsIn(section.getKey())))
                .toList();
    }

    private List<EffectiveSetting> settingsIn(String section) {
        return found.values().stream()
                .filter(setting -> section.equals(parent(setting.path())))
                .map(Found::effective)
                .toList();
    }

    private static String parent(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }
}
