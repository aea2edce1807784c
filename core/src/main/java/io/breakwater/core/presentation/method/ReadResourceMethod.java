package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.core.presentation.call.MethodHandler;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.Lookup;
import io.breakwater.core.presentation.catalog.ReadableResource;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.mcp.CacheControl;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.ResourceContents;
import java.util.List;

/** {@code resources/read}: reads the resource that was looked up. */
public final class ReadResourceMethod implements MethodHandler {
    private static final AccessDecision NOTHING = new AccessDecision.Denied("the resource does not exist");

    private final CatalogView catalog;
    private final Lookup<ReadableResource> resource;
    private final String uri;
    private final boolean sendsCacheControl;

    /**
     * Reads this resource, or fails if there is none.
     *
     * @param catalog the catalog in which it was looked up
     * @param sendsCacheControl whether the result carries TTL and scope for the client, as the modern era does
     */
    public ReadResourceMethod(
            CatalogView catalog, Lookup<ReadableResource> resource, String uri, boolean sendsCacheControl) {
        this.catalog = catalog;
        this.resource = resource;
        this.uri = uri;
        this.sendsCacheControl = sendsCacheControl;
    }

    @Override
    public ExecutionMode executionMode() {
        return ExecutionMode.VIRTUAL;
    }

    @Override
    public Outcome run(ActiveCall call) throws Exception {
        var readable = readable(call);
        var items = contents(readable, call).stream()
                .<Json>map(ResourceContents::json)
                .toList();
        var result = Json.object().put("contents", new Json.Arr(items));
        if (sendsCacheControl) {
            putCacheControl(call.hasUserInput() ? CacheControl.NONE : readable.cacheControl(), result);
        }
        return new Outcome.Value(result.build());
    }

    /** Reads the contents; if there are none, the error is the same as for a resource that the caller may not read. */
    private List<ResourceContents> contents(ReadableResource readable, ActiveCall call) throws Exception {
        try {
            call.handlerStarts();
            var contents = readable.reader().read(call);
            call.handlerReturned();
            if (contents == null) {
                throw new IllegalStateException("The reader of resource " + uri
                        + " returned null. Return the contents, or throw McpException.noSuchResource.");
            }
            if (contents.isEmpty()) {
                throw McpException.noSuchResource(uri);
            }
            return contents;
        } catch (McpException error) {
            throw error.code() == McpException.RESOURCE_NOT_FOUND ? notFound(error, call) : error;
        }
    }

    private McpException notFound(McpException error, ActiveCall call) {
        var missing = new Lookup.Missing<ReadableResource>(catalog, TargetKind.RESOURCE, uri, NOTHING, error);
        return missing.refuse(call.requestId());
    }

    private static void putCacheControl(CacheControl cacheControl, Json.ObjectBuilder result) {
        result.put("ttlMs", cacheControl.ttl().toMillis())
                .put("cacheScope", cacheControl.shared() ? "public" : "private");
    }

    private ReadableResource readable(ActiveCall call) {
        return switch (resource) {
            case Lookup.Found<ReadableResource> found -> found.item();
            case Lookup.Missing<ReadableResource> missing -> throw missing.refuse(call.requestId());
        };
    }
}
