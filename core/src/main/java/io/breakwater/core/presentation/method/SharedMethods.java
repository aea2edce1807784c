package io.breakwater.core.presentation.method;

import io.breakwater.core.presentation.call.PreparedMethod;
import io.breakwater.core.presentation.catalog.CatalogView;
import io.breakwater.core.presentation.catalog.Lookup;
import io.breakwater.core.presentation.catalog.Lookup.Found;
import io.breakwater.core.presentation.catalog.ToolEntry;
import io.breakwater.core.presentation.catalog.UnknownTargetException;
import io.breakwater.core.presentation.json.ParsedJson;

/** Prepares the methods that both eras have: validates their parameters and finds what these name. */
public final class SharedMethods {
    private SharedMethods() {}

    /**
     * Returns the tool that {@code tools/call} names, after a check of the form of its arguments.
     *
     * @throws UnknownTargetException if the caller has no such tool
     */
    public static Found<ToolEntry> tool(CatalogView catalog, ParsedJson params) {
        var tool = found(catalog.tool(RequestParams.text(params, "name"), () -> RequestParams.arguments(params)));
        RequestParams.arguments(params);
        return tool;
    }

    private static <T> Found<T> found(Lookup<T> lookup) {
        return switch (lookup) {
            case Found<T> found -> found;
            case Lookup.Missing<T> missing -> throw new UnknownTargetException(missing);
        };
    }

    /**
     * Prepares {@code tools/call}, or its dry run, for a tool that {@link #tool} returned.
     *
     * @throws io.breakwater.server.mcp.McpException if it is not clear whether a dry run is meant
     */
    public static PreparedMethod callTool(Found<ToolEntry> found, ParsedJson params, ToolServices services) {
        var tool = found.item();
        var definition = tool.definition();
        boolean dryRun = DryRunRequest.isAsked(params);
        return new PreparedMethod(
                dryRun ? new DryRunMethod(tool, params, services) : new CallToolMethod(tool, params, services),
                definition.name(),
                definition,
                found.decision(),
                found.calledTools(),
                dryRun);
    }

    /** Prepares {@code prompts/get}. */
    public static PreparedMethod getPrompt(CatalogView catalog, ParsedJson params) {
        var name = RequestParams.text(params, "name");
        var prompt = found(catalog.prompt(name, () -> params.object("arguments")));
        return PreparedMethod.of(new GetPromptMethod(prompt.item(), params), name)
                .withAccess(prompt.decision());
    }

    /**
     * Prepares {@code resources/read}.
     *
     * @param sendsCacheControl whether the result carries TTL and scope for the client, as in the modern era
     */
    public static PreparedMethod readResource(CatalogView catalog, ParsedJson params, boolean sendsCacheControl) {
        var uri = RequestParams.text(params, "uri");
        var resource = catalog.resource(uri);
        return PreparedMethod.of(new ReadResourceMethod(catalog, resource, uri, sendsCacheControl), uri)
                .withAccess(resource.decision());
    }

    /** Prepares {@code completion/complete}. */
    public static PreparedMethod complete(CatalogView catalog, ParsedJson params) {
        var method = new CompleteMethod(catalog, params);
        return PreparedMethod.of(method).withAccess(method.decision());
    }
}
