package io.breakwater.core.presentation.catalog.binding;

import io.breakwater.core.presentation.catalog.schema.Default;
import io.breakwater.core.presentation.catalog.schema.Header;
import io.breakwater.core.presentation.catalog.schema.SchemaRefused;
import io.breakwater.core.presentation.catalog.validation.Schema;
import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.core.presentation.json.Mapper;
import io.breakwater.port.Json;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** What a component adds to the schema of its type: its words, its default, its header. */
final class Members {
    private static final JsonMapper MAPPER = Mapper.strict(1 << 16);

    private Members() {}

    static Json.Obj describe(Component component, Json.Obj schema) {
        var members = new LinkedHashMap<>(schema.members());
        var description = component.description();
        if (description != null) {
            members.put("description", Json.of(description));
        }
        return new Json.Obj(members);
    }

    /** Only arguments have defaults and headers. */
    static Json.Obj asArgument(Component component, Json.Obj schema) {
        var members = new LinkedHashMap<>(schema.members());
        addDefault(component, schema, members);
        var header = component.annotation(Header.class);
        if (header != null) {
            members.put("x-mcp-header", Json.of(header.value()));
        }
        return new Json.Obj(members);
    }

    private static void addDefault(Component component, Json.Obj schema, Map<String, Json> members) {
        var annotation = component.annotation(Default.class);
        if (annotation == null) {
            return;
        }
        var value = defaultOf(component.declared(), annotation);
        check(component, schema, value);
        members.put("default", JsonTree.fromTree(value));
    }

    /** The default as written: JSON, or a text without its quotes. */
    static JsonNode defaultOf(RecordComponent component, Default annotation) {
        boolean text = component.getType().isEnum() || Scalars.isText(component.getType());
        try {
            var json = MAPPER.readTree(annotation.value());
            return text && !json.isString() ? StringNode.valueOf(annotation.value()) : json;
        } catch (JacksonException e) {
            if (text) {
                return StringNode.valueOf(annotation.value());
            }
            throw new SchemaRefused(
                    Component.at(component) + ": the default " + annotation.value() + " is no JSON.", e);
        }
    }

    /** A schema that refers elsewhere cannot be checked alone; the binding tries such a default. */
    private static void check(Component component, Json.Obj schema, JsonNode value) {
        if (schema.has("$ref") || schema.toString().contains("$ref")) {
            return;
        }
        Schema.compile(schema).check(value).stream().findFirst().ifPresent(violation -> {
            throw new SchemaRefused(component.at() + ": the default does not fit: " + violation + ".");
        });
    }
}
