package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.port.Json;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.CacheControl;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ResourceContents;
import java.util.List;

/** {@code resources/read}: looks for a resource with that URI first, then for the first template that matches it. */
public final class ReadResourceMethod implements MethodHandler {
    private final CatalogSnapshot catalog;
    private final String uri;
    private final boolean sendsCacheControl;

    /**
     * Reads that URI from this catalog.
     *
     * @param sendsCacheControl whether the result carries TTL and scope for the client, as the modern era does
     */
    public ReadResourceMethod(CatalogSnapshot catalog, String uri, boolean sendsCacheControl) {
        this.catalog = catalog;
        this.uri = uri;
        this.sendsCacheControl = sendsCacheControl;
    }

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public Outcome run(ActiveCall call) throws Exception {
        var read = read(call);
        if (read.contents() == null) {
            throw new IllegalStateException("The reader of resource " + uri
                    + " returned null. Return the contents, or throw McpException.noSuchResource.");
        }
        if (read.contents().isEmpty()) {
            throw McpException.noSuchResource(uri);
        }
        var items = read.contents().stream().<Json>map(ResourceContents::json).toList();
        var result = Json.object().put("contents", new Json.Arr(items));
        if (sendsCacheControl) {
            putCacheControl(call.hasUserInput() ? CacheControl.NONE : read.cacheControl(), result);
        }
        return new Outcome.Value(result.build());
    }

    private static void putCacheControl(CacheControl cacheControl, Json.ObjectBuilder result) {
        result.put("ttlMs", cacheControl.ttl().toMillis())
                .put("cacheScope", cacheControl.shared() ? "public" : "private");
    }

    private ReadResult read(ActiveCall call) throws Exception {
        var resource = catalog.resources().get(uri);
        if (resource != null) {
            return new ReadResult(resource.reader().read(call), resource.cacheControl());
        }
        for (var template : catalog.templates()) {
            var variables = template.match(uri);
            if (variables.isPresent()) {
                return new ReadResult(template.reader().read(uri, variables.get(), call), template.cacheControl());
            }
        }
        throw McpException.noSuchResource(uri);
    }

    private record ReadResult(List<ResourceContents> contents, CacheControl cacheControl) {}
}
