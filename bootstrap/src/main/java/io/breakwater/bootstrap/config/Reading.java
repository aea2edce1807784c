package io.breakwater.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the settings records. It finds each value in the layers, checks every place that sets it, and keeps what
 * it saw: the values in force, what is wrong, and by the names asked for, what nobody knows.
 */
final class Reading {
    private final List<Layer> layers;
    private final Consumer<Mistake> mistakes;
    private final Map<String, String> meanings = new LinkedHashMap<>();
    private final Map<String, Found<?>> found = new LinkedHashMap<>();
    private final List<Section> sections = new ArrayList<>();

    /**
     * A pass.
     *
     * @param layers what counts more than the files, the strongest first
     * @param mistakes told of everything that is wrong
     */
    Reading(List<Layer> layers, Consumer<Mistake> mistakes) {
        this.layers = List.copyOf(layers);
        this.mistakes = mistakes;
    }

    /** Everything outside of any section. */
    Section root(Node.Group files) {
        return opened("", "", files);
    }

    Section section(String path, String meaning, @Nullable Node written) {
        if (written == null || written instanceof Node.Group) {
            return opened(path, meaning, written instanceof Node.Group group ? group : Node.Group.EMPTY);
        }
        var section = opened(path, meaning, Node.Group.EMPTY);
        mistakes.accept(new Mistake(
                written.origin(),
                path,
                written.noun() + " stands here",
                "write the settings of '" + path + "' below it"));
        return section;
    }

    private Section opened(String path, String meaning, Node.Group group) {
        var section = new Section(this, path, group);
        meanings.put(path, meaning);
        sections.add(section);
        return section;
    }

    /** The value that counts; a value that does not fit is reported and passed over. */
    <T> @Nullable T value(String path, Setting<T> setting, @Nullable Node written) {
        T value = null;
        Origin origin = Origin.BUILT_IN;
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

    /** What a setting came to; told to people only when they ask, since a start does not need it. */
    private record Found<T>(
            String path, Setting<T> setting, @Nullable T value, Origin origin) {
        Effective effective() {
            return Effective.of(path, setting, value, origin);
        }
    }

    private List<Node> candidates(String path, Setting<?> setting, @Nullable Node written) {
        var nodes = new ArrayList<Node>();
        layers.stream()
                .flatMap(layer -> Stream.ofNullable(layer.find(path, setting)))
                .forEach(nodes::add);
        if (written != null) {
            nodes.add(written);
        }
        return nodes;
    }

    private <T> @Nullable T read(String path, Setting<T> setting, Node node) {
        try {
            return setting.kind().read(node);
        } catch (Unfit unfit) {
            Stream.concat(Stream.of(unfit), Stream.of(unfit.getSuppressed()))
                    .map(Unfit.class::cast)
                    .forEach(one -> mistakes.accept(one.at(path)));
            return null;
        }
    }

    /** Reports a value in force that does not go with the others. */
    void refuse(String path, String what, @Nullable String remedy) {
        var value = found.get(path);
        mistakes.accept(new Mistake(value == null ? Origin.BUILT_IN : value.origin(), path, what, remedy));
    }

    /** Reports values that a whole section was refused for; a sentence that begins with a setting blames that one. */
    void refuseTogether(String section, String sentence, Origin origin) {
        found.keySet().stream()
                .filter(path -> sentence.startsWith(path + " "))
                .findFirst()
                .ifPresentOrElse(
                        path -> refuse(path, "it " + sentence.substring(path.length() + 1), null),
                        () -> mistakes.accept(new Mistake(origin, section, sentence, null)));
    }

    /** Reports the names in the files that nobody asked for. */
    void refuseUnknown() {
        for (var section : sections) {
            section.group().members().forEach((name, member) -> {
                if (!section.known().contains(name)) {
                    mistakes.accept(unknown(section, name, member.key()));
                }
            });
        }
    }

    private Mistake unknown(Section section, String name, Origin key) {
        var path = section.path().isEmpty() ? name : section.path() + "." + name;
        var remedy = NearestName.to(name, section.known())
                .or(() -> paths().stream()
                        .filter(known -> known.endsWith("." + name))
                        .findFirst())
                .map(meant -> "did you mean " + meant + "?")
                .orElse("known here: " + String.join(", ", section.known()));
        return new Mistake(key, path, "there is no such setting", remedy);
    }

    /** The paths of all settings. */
    Set<String> paths() {
        return found.keySet();
    }

    /** The names of the sections that stand outside of any other. */
    Set<String> topSections() {
        var top = new LinkedHashSet<>(meanings.keySet());
        top.removeIf(path -> path.isEmpty() || path.contains("."));
        return top;
    }

    /** All there is to say, section by section. */
    List<Chapter> chapters() {
        return meanings.entrySet().stream()
                .map(section -> new Chapter(section.getKey(), section.getValue(), settingsIn(section.getKey())))
                .toList();
    }

    private List<Effective> settingsIn(String section) {
        return found.values().stream()
                .filter(setting -> section.equals(parent(setting.path())))
                .map(Found::effective)
                .toList();
    }

    private static String parent(String path) {
        return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
    }
}
