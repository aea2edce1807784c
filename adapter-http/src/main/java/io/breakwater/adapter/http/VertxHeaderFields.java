package io.breakwater.adapter.http;

import io.breakwater.port.driving.HeaderFields;
import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adapts Vert.x header fields, which do not change after the request's head was read, to the port. */
record VertxHeaderFields(MultiMap headers) implements HeaderFields {

    @Override
    public List<String> all(String name) {
        var values = headers.getAll(name);
        return switch (values.size()) {
            case 0 -> List.of();
            case 1 -> List.of(values.getFirst().strip());
            default -> values.stream().map(String::strip).toList();
        };
    }

    @Override
    public @Nullable String first(String name) {
        var value = headers.get(name);
        return value == null ? null : value.strip();
    }

    @Override
    public boolean repeated(String name) {
        return headers.getAll(name).size() > 1;
    }
}
