package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.cache.ResultCacheService;
import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.server.mcp.McpException;

/** Prepares the methods that both eras have: validates their parameters and finds what these name. */
public final class SharedMethods {
    private SharedMethods() {}

    /** Returns the tool that {@code tools/call} names, after a check of the form of its arguments. */
    public static ToolEntry tool(CatalogSnapshot catalog, ParsedJson params) {
        var name = RequestParams.text(params, "name");
        var tool = catalog.tools().get(name);
        if (tool == null) {
            throw McpException.invalidParams("Unknown tool: " + name);
        }
        RequestParams.arguments(params);
        return tool;
    }

    /** Prepares {@code tools/call} for a tool that {@link #tool} returned. */
    public static PreparedMethod callTool(ToolEntry tool, ParsedJson params, ResultCacheService resultCache) {
        var definition = tool.definition();
        return new PreparedMethod(new CallToolMethod(tool, params, resultCache), definition.name(), definition);
    }

    /** Prepares {@code prompts/get}. */
    public static PreparedMethod getPrompt(CatalogSnapshot catalog, ParsedJson params) {
        var name = RequestParams.text(params, "name");
        var prompt = catalog.prompts().get(name);
        if (prompt == null) {
            throw McpException.invalidParams("Unknown prompt: " + name);
        }
        return PreparedMethod.of(new GetPromptMethod(prompt, params), name);
    }

    /**
     * Prepares {@code resources/read}.
     *
     * @param sendsCacheControl whether the result carries TTL and scope for the client, as in the modern era
     */
    public static PreparedMethod readResource(CatalogSnapshot catalog, ParsedJson params, boolean sendsCacheControl) {
        var uri = RequestParams.text(params, "uri");
        return PreparedMethod.of(new ReadResourceMethod(catalog, uri, sendsCacheControl), uri);
    }

    /** Prepares {@code completion/complete}. */
    public static PreparedMethod complete(CatalogSnapshot catalog, ParsedJson params) {
        return PreparedMethod.of(new CompleteMethod(catalog, params));
    }
}
