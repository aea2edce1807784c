package io.breakwater.adapter.http;

import io.breakwater.port.driving.HttpResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP resources of one listener by their paths. A resource of exactly this path comes first, then the resource
 * with the longest path that contains it. Immutable after creation.
 */
final class PathTable {
    private final Map<String, ResourceHandler> exact = new HashMap<>();
    private final List<ResourceHandler> below = new ArrayList<>();

    /** Creates the table; later resources do not replace earlier ones with the same path. */
    PathTable(List<HttpResource> resources, Function<HttpResource, ResourceHandler> handlers) {
        for (var resource : resources) {
            var handler = handlers.apply(resource);
            exact.putIfAbsent(resource.path(), handler);
            if (resource.paths() == HttpResource.Paths.BELOW) {
                below.add(handler);
            }
        }
        below.sort(Comparator.comparingInt(handler -> -handler.resource().path().length()));
    }

    /** Returns the handler for a path as it was sent, or null if no resource serves it. */
    @Nullable
    ResourceHandler find(String path) {
        var found = exact.get(path);
        for (int i = 0; found == null && i < below.size(); i++) {
            found = below.get(i).resource().serves(path) ? below.get(i) : null;
        }
        return found;
    }
}
