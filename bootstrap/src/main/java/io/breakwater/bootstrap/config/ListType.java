package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A list of values of one type: a list in a configuration file; elsewhere text, separated by commas or line breaks, or JSON for groups. */
record ListType<T>(SettingType<T> kind) implements SettingType<List<T>> {

    @Override
    public List<T> read(ConfigurationNode node) {
        if (node instanceof ConfigurationNode.Items(List<ConfigurationNode> items, ValueOrigin origin)) {
            return readAll(items);
        }
        return kind.isGroup()
                        && node instanceof ConfigurationNode.Scalar(String text, ValueOrigin origin, boolean quoted)
                ? readAll(GroupType.parseItems(text, origin))
                : SettingType.super.read(node);
    }

    /** Parses all items, and reports every invalid one. */
    private List<T> readAll(List<ConfigurationNode> items) {
        var values = new ArrayList<T>();
        var unfit = new ArrayList<InvalidValueException>();
        for (var item : items) {
            try {
                values.add(kind.read(item));
            } catch (InvalidValueException one) {
                unfit.add(one);
                Arrays.stream(one.getSuppressed())
                        .map(InvalidValueException.class::cast)
                        .forEach(unfit::add);
            }
        }
        if (!unfit.isEmpty()) {
            var first = unfit.removeFirst();
            unfit.forEach(first::addSuppressed);
            throw first;
        }
        return List.copyOf(values);
    }

    @Override
    public @Nullable List<T> parse(String text) {
        var values = new ArrayList<T>();
        if (text.isBlank()) {
            return values;
        }
        for (var part : text.split("[,\n]", -1)) {
            var value = kind.parse(part.strip());
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return List.copyOf(values);
    }

    @Override
    public String text(List<T> value) {
        return value.stream().map(kind::text).collect(Collectors.joining(", "));
    }

    @Override
    public Json json(List<T> value) {
        return new Json.Arr(value.stream().map(kind::json).toList());
    }

    @Override
    public String allowed() {
        return "a list; each item " + kind.allowed();
    }

    @Override
    public boolean admits(List<T> value) {
        return value.stream().allMatch(kind::admits);
    }

    @Override
    public boolean secret() {
        return kind.secret();
    }

    @Override
    public boolean mayContainSecret(String text) {
        return kind.mayContainSecret(text);
    }
}
