package io.breakwater.core.presentation.codec;

import io.breakwater.port.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds types that contain themselves. A type that occurs again while its schema is being written becomes a reference,
 * and its schema moves to {@code $defs}. The root type stays in place, and {@code #} refers to it.
 */
final class SchemaDefinitions {
    private final @Nullable String root;
    private final Deque<String> open = new ArrayDeque<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Json> written = new LinkedHashMap<>();

    private boolean recursive;

    SchemaDefinitions(@Nullable ResolvedType root) {
        this.root = root == null ? null : root.signature();
    }

    /** Returns the schema from the supplier, or a reference to it. */
    Json.Obj schemaOrReference(ResolvedType use, Supplier<Json.Obj> schema) {
        var key = use.signature();
        if (open.contains(key) || written.containsKey(names.get(key))) {
            return reference(key, use);
        }
        open.push(key);
        var body = schema.get();
        open.pop();
        var name = names.get(key);
        if (name == null) {
            return body;
        }
        written.put(name, body);
        return reference(key, use);
    }

    /** Returns true if a type contains itself. */
    boolean isRecursive() {
        return recursive;
    }

    private Json.Obj reference(String key, ResolvedType use) {
        recursive = true;
        var target = key.equals(root) ? "#" : "#/$defs/" + names.computeIfAbsent(key, unknown -> nameFor(use));
        return Json.object().put("$ref", target).build();
    }

    private String nameFor(ResolvedType use) {
        var simple = use.raw().getSimpleName();
        var name = simple;
        for (int next = 2; names.containsValue(name); next++) {
            name = simple + next;
        }
        return name;
    }

    Json.Obj addTo(Json.Obj schema) {
        if (written.isEmpty()) {
            return schema;
        }
        var members = new LinkedHashMap<>(schema.members());
        members.put("$defs", new Json.Obj(written));
        return new Json.Obj(members);
    }
}
