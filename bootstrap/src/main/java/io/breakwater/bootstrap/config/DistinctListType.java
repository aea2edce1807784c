package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list that contains each value once. Another occurrence is reported at its place. */
record DistinctListType<T>(ListType<T> list) implements SettingType<List<T>> {

    @Override
    public List<T> read(ConfigurationNode node) {
        var values = list.read(node);
        var seen = new HashSet<T>();
        var repeated = new ArrayList<InvalidValueException>();
        for (int i = 0; i < values.size(); i++) {
            if (!seen.add(values.get(i))) {
                repeated.add(repeated(list.kind().text(values.get(i)), node, i));
            }
        }
        if (!repeated.isEmpty()) {
            var first = repeated.removeFirst();
            repeated.forEach(first::addSuppressed);
            throw first;
        }
        return values;
    }

    private static InvalidValueException repeated(String value, ConfigurationNode node, int index) {
        var origin = node instanceof ConfigurationNode.Items(List<ConfigurationNode> items, ValueOrigin whole)
                ? items.get(index).origin()
                : node.origin();
        return new InvalidValueException(origin, "'" + value + "' is in the list twice", "remove one of the two");
    }

    @Override
    public @Nullable List<T> parse(String text) {
        return list.parse(text);
    }

    @Override
    public String text(List<T> value) {
        return list.text(value);
    }

    @Override
    public Json json(List<T> value) {
        return list.json(value);
    }

    @Override
    public String allowed() {
        return list.allowed();
    }

    @Override
    public boolean admits(List<T> value) {
        return list.admits(value) && new HashSet<>(value).size() == value.size();
    }

    @Override
    public boolean secret() {
        return list.secret();
    }

    @Override
    public boolean mayContainSecret(String text) {
        return list.mayContainSecret(text);
    }
}
