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

/** {@code resources/read}: an exact address first, then the templates in their order. */
public final class ReadResourceMethod implements MethodHandler {
    private final CatalogSnapshot offering;
    private final String uri;
    private final boolean tellsKeeping;

    /**
     * Reads that address out of this offering.
     *
     * @param tellsKeeping whether the client is told for how long it may keep what it read
     */
    public ReadResourceMethod(CatalogSnapshot offering, String uri, boolean tellsKeeping) {
        this.offering = offering;
        this.uri = uri;
        this.tellsKeeping = tellsKeeping;
    }

    @Override
    public ExecutionMode lane() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public Outcome run(ActiveCall call) throws Exception {
        var read = read(call);
        if (read.contents().isEmpty()) {
            throw McpException.noSuchResource(uri);
        }
        var items = read.contents().stream().<Json>map(ResourceContents::json).toList();
        var result = Json.object().put("contents", new Json.Arr(items));
        if (tellsKeeping) {
            tell(call.answered() ? CacheControl.NONE : read.keeping(), result);
        }
        return new Outcome.Value(result.build());
    }

    private static void tell(CacheControl keeping, Json.ObjectBuilder result) {
        result.put("ttlMs", keeping.ttl().toMillis()).put("cacheScope", keeping.shared() ? "public" : "private");
    }

    private Read read(ActiveCall call) throws Exception {
        var resource = offering.resources().get(uri);
        if (resource != null) {
            return new Read(resource.reader().read(call), resource.cacheControl());
        }
        for (var template : offering.templates()) {
            var variables = template.match(uri);
            if (variables.isPresent()) {
                return new Read(template.reader().read(uri, variables.get(), call), template.cacheControl());
            }
        }
        throw McpException.noSuchResource(uri);
    }

    private record Read(List<ResourceContents> contents, CacheControl keeping) {}
}
