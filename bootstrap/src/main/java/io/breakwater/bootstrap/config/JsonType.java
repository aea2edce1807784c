package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import java.util.regex.Pattern;

/** A value of the type that it is written with: {@code 5} is a number, and {@code "5"} a text. */
enum JsonType implements SettingType<Json> {
    /** Any value. */
    ANY("a text, a number, true or false, or a list of these"),
    /** A group of values. */
    GROUP("a group of names and values");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,30})([.][0-9]{1,30})?");

    private final String allowed;

    JsonType(String allowed) {
        this.allowed = allowed;
    }

    @Override
    public Json read(ConfigurationNode node) {
        if (this == GROUP && !(node instanceof ConfigurationNode.Group)) {
            throw new InvalidValueException(node.origin(), "found " + node.noun() + " here", "write " + allowed);
        }
        return json(node);
    }

    private static Json json(ConfigurationNode node) {
        return switch (node) {
            case ConfigurationNode.Scalar scalar -> scalar.quoted() ? Json.of(scalar.text()) : plain(scalar.text());
            case ConfigurationNode.Items list ->
                new Json.Arr(list.items().stream().map(JsonType::json).toList());
            case ConfigurationNode.Group group -> object(group);
        };
    }

    private static Json object(ConfigurationNode.Group group) {
        var object = Json.object();
        group.members().forEach((name, member) -> {
            if (member.value() == null) {
                throw new InvalidValueException(member.key(), "'" + name + "' has no value", "write one, or remove it");
            }
            object.put(name, json(member.value()));
        });
        return object.build();
    }

    private static Json plain(String text) {
        return switch (text) {
            case "true" -> Json.of(true);
            case "false" -> Json.of(false);
            default -> NUMBER.matcher(text).matches() ? Json.parse(text) : Json.of(text);
        };
    }

    @Override
    public Json parse(String text) {
        return plain(text);
    }

    @Override
    public String text(Json value) {
        return value.toString();
    }

    @Override
    public Json json(Json value) {
        return value;
    }

    @Override
    public boolean admits(Json value) {
        return true;
    }

    @Override
    public String allowed() {
        return allowed;
    }
}
