package io.breakwater.core.presentation.codec;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Header;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds the description, the default and the header of a component to the schema of its type. */
final class MemberSchema {
    private MemberSchema() {}

    static Json.Obj describe(ComponentInfo component, Json.Obj schema) {
        var members = new LinkedHashMap<>(schema.members());
        var description = component.description();
        if (description != null) {
            members.put("description", Json.of(description));
        }
        return new Json.Obj(members);
    }

    /** Adds the default and the header, which only arguments have. */
    static Json.Obj asArgument(ComponentInfo component, Json.Obj schema) {
        var members = new LinkedHashMap<>(schema.members());
        addDefault(component, schema, members);
        var header = component.annotation(Header.class);
        if (header != null) {
            members.put("x-mcp-header", Json.of(header.value()));
        }
        return new Json.Obj(members);
    }

    private static void addDefault(ComponentInfo component, Json.Obj schema, Map<String, Json> members) {
        var value = DefaultValues.of(component);
        if (value != null) {
            DefaultValues.check(component, schema, value);
            members.put("default", JsonTree.fromTree(value));
        }
    }
}
