package io.breakwater.core.presentation.protocol.common;

import io.breakwater.core.presentation.catalog.CatalogSnapshot;
import io.breakwater.core.presentation.catalog.DefinitionWriter;
import io.breakwater.core.presentation.catalog.ListPages;
import io.breakwater.core.presentation.catalog.Registry;
import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The four lists of a catalog in the format of one era, encoded once for each change of the catalog. A read is one
 * comparison. Two threads that notice a change at the same time both encode the lists, with equal results.
 */
public final class CatalogLists {
    private final Registry registry;
    private final int pageSize;
    private final boolean objectsOnly;
    private final Json.Obj otherMembers;
    private volatile EncodedLists encoded;

    /**
     * Creates the lists of a registry.
     *
     * @param pageSize the number of items on a page
     * @param objectsOnly true for revisions before 2026-07-28, see {@link DefinitionWriter#tool}
     * @param otherMembers the members of every page beside its items
     */
    public CatalogLists(Registry registry, int pageSize, boolean objectsOnly, Json.Obj otherMembers) {
        this.registry = registry;
        this.pageSize = pageSize;
        this.objectsOnly = objectsOnly;
        this.otherMembers = otherMembers;
        this.encoded = encode(registry.snapshot());
    }

    /** {@code tools/list}. */
    public ListPages tools() {
        return current().tools;
    }

    /** {@code resources/list}. */
    public ListPages resources() {
        return current().resources;
    }

    /** {@code resources/templates/list}. */
    public ListPages templates() {
        return current().templates;
    }

    /** {@code prompts/list}. */
    public ListPages prompts() {
        return current().prompts;
    }

    @SuppressWarnings("ReferenceEquality") // a snapshot is replaced, never changed
    private EncodedLists current() {
        var snapshot = registry.snapshot();
        var lists = encoded;
        if (lists.snapshot != snapshot) {
            lists = encode(snapshot);
            encoded = lists;
        }
        return lists;
    }

    private EncodedLists encode(CatalogSnapshot snapshot) {
        return new EncodedLists(
                snapshot,
                pages(
                        "tools",
                        snapshot.tools().values(),
                        tool -> DefinitionWriter.tool(tool.definition(), objectsOnly)),
                pages("resources", snapshot.resources().values(), DefinitionWriter::resource),
                pages("resourceTemplates", snapshot.templates(), DefinitionWriter::template),
                pages("prompts", snapshot.prompts().values(), DefinitionWriter::prompt));
    }

    private <T> ListPages pages(String member, Collection<T> items, Function<T, Json.Obj> listing) {
        List<Json.Obj> listed = new ArrayList<>(items.size());
        items.forEach(item -> listed.add(listing.apply(item)));
        return new ListPages(member, listed, pageSize, otherMembers);
    }

    private record EncodedLists(
            CatalogSnapshot snapshot, ListPages tools, ListPages resources, ListPages templates, ListPages prompts) {}
}
