package io.breakwater.core.presentation.protocol.common;

import io.breakwater.core.presentation.catalog.CatalogAccess;
import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.catalog.DefinitionWriter;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;

/**
 * The four lists of a catalog in the format of one era, encoded once for each change of the catalog. A read is one
 * comparison, unless the list depends on the caller. Two threads that notice a change at the same time both encode the
 * lists, with equal results.
 */
public final class CatalogLists {
    private final CatalogAccess access;
    private final ListFormat format;
    private volatile EncodedLists encoded;

    /**
     * Creates the lists of a catalog.
     *
     * @param format how the lists are written
     */
    public CatalogLists(CatalogAccess access, ListFormat format) {
        this.access = access;
        this.format = format;
        this.encoded = encode(access.registry().snapshot());
    }

    /**
     * How lists are written.
     *
     * @param pageSize the number of items on a page
     * @param objectsOnly true for revisions before 2026-07-28, see {@link DefinitionWriter#tool}
     * @param shared the members beside the items of a page that is the same for all callers
     * @param own the members beside the items of a page that depends on the caller
     */
    public record ListFormat(int pageSize, boolean objectsOnly, Json.Obj shared, Json.Obj own) {}

    /** {@code tools/list}. */
    public ListPages tools(Principal caller) {
        return current().tools.pages(caller);
    }

    /** {@code resources/list}. */
    public ListPages resources(Principal caller) {
        return current().resources.pages(caller);
    }

    /** {@code resources/templates/list}. */
    public ListPages templates(Principal caller) {
        return current().templates.pages(caller);
    }

    /** {@code prompts/list}. */
    public ListPages prompts(Principal caller) {
        return current().prompts.pages(caller);
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is replaced, never changed
    private EncodedLists current() {
        var snapshot = access.registry().snapshot();
        var lists = encoded;
        if (lists.snapshot != snapshot) {
            lists = encode(snapshot);
            encoded = lists;
        }
        return lists;
    }

    private EncodedLists encode(CatalogSnapshot snapshot) {
        var tools = new EncodedList(TargetKind.TOOL, "tools", access.control(), format);
        for (var tool : snapshot.tools().values()) {
            var definition = tool.definition();
            var json = DefinitionWriter.tool(definition, format.objectsOnly());
            tools.add(definition.name(), definition.requirements(), json);
        }
        var resources = new EncodedList(TargetKind.RESOURCE, "resources", access.control(), format);
        for (var resource : snapshot.resources().values()) {
            resources.add(resource.uri(), resource.requirements(), DefinitionWriter.resource(resource));
        }
        var templates = new EncodedList(TargetKind.RESOURCE_TEMPLATE, "resourceTemplates", access.control(), format);
        for (var template : snapshot.templates()) {
            templates.add(template.uriTemplate(), template.requirements(), DefinitionWriter.template(template));
        }
        var prompts = new EncodedList(TargetKind.PROMPT, "prompts", access.control(), format);
        for (var prompt : snapshot.prompts().values()) {
            prompts.add(prompt.name(), prompt.requirements(), DefinitionWriter.prompt(prompt));
        }
        return new EncodedLists(
                snapshot, tools.complete(), resources.complete(), templates.complete(), prompts.complete());
    }

    private record EncodedLists(
            CatalogSnapshot snapshot,
            EncodedList tools,
            EncodedList resources,
            EncodedList templates,
            EncodedList prompts) {}
}
