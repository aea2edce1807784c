package io.breakwater.core.presentation.catalog;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The forms of the arguments of one call: as the handler receives them, and as the client sent them. They differ by
 * defaults and by notation. An access is decided for each form, so that no rule depends on how a client writes a value.
 */
final class ArgumentForms {
    private ArgumentForms() {}

    /** Returns the forms for a handler that converts its arguments. */
    static List<Json.Obj> converted(Json.Obj sent, Json.Obj received) {
        return distinct(received, overlay(received, sent));
    }

    /** Returns the forms for a handler that converts texts; only as they were sent if one is not a text. */
    static List<Json.Obj> converted(Json.Obj sent, ConvertedTexts converter) {
        var texts = new LinkedHashMap<String, String>();
        sent.members().forEach((name, value) -> {
            if (value instanceof Json.Text(var text)) {
                texts.put(name, text);
            }
        });
        return texts.size() < sent.members().size()
                ? List.of(sent)
                : converted(sent, CatalogView.texts(converter.received(texts)));
    }

    /** Returns the forms for a handler that receives JSON as it was sent, and may fill in the defaults of its schema. */
    static List<Json.Obj> unconverted(Json.Obj sent, Json.Obj schema) {
        return distinct(sent, withDefaults(sent, schema));
    }

    private static List<Json.Obj> distinct(Json.Obj first, Json second) {
        return first.equals(second) ? List.of(first) : List.of(first, (Json.Obj) second);
    }

    /** Returns the received value with each part that was sent as it was sent. Null stands for an absent member. */
    private static Json overlay(Json received, Json sent) {
        if (received instanceof Json.Obj base && sent instanceof Json.Obj object) {
            var members = new LinkedHashMap<>(base.members());
            object.members()
                    .forEach((name, value) -> members.merge(
                            name, value, (own, other) -> other == Json.Null.NULL ? own : overlay(own, other)));
            return new Json.Obj(members);
        }
        return received instanceof Json.Arr(var items)
                        && sent instanceof Json.Arr(var others)
                        && items.size() == others.size()
                ? overlay(items, others)
                : sent;
    }

    private static Json overlay(List<Json> received, List<Json> sent) {
        var items = new ArrayList<Json>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            items.add(overlay(received.get(i), sent.get(i)));
        }
        return new Json.Arr(items);
    }

    /** Returns the value with the defaults of absent members. */
    private static Json withDefaults(Json value, Json.Obj schema) {
        return switch (value) {
            case Json.Obj object -> membersWithDefaults(object, schema.object("properties"));
            case Json.Arr(var items)
            when schema.get("items") instanceof Json.Obj each ->
                new Json.Arr(
                        items.stream().map(item -> withDefaults(item, each)).toList());
            default -> value;
        };
    }

    private static Json.Obj membersWithDefaults(Json.Obj object, Json.Obj properties) {
        var members = new LinkedHashMap<>(object.members());
        properties.members().forEach((name, property) -> {
            if (property instanceof Json.Obj schema) {
                var value = members.getOrDefault(name, schema.get("default"));
                if (value != null) {
                    members.put(name, withDefaults(value, schema));
                }
            }
        });
        return new Json.Obj(members);
    }
}
