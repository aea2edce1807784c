package io.breakwater.core.presentation.server;

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
 * The four lists of a catalogue as one era sends them, encoded once for each change of the catalogue. Reading is one
 * comparison; two threads that notice a change at the same time both encode, and either result is right.
 */
public final class CatalogLists {
    private final Registry registry;
    private final int pageSize;
    private final boolean objectsOnly;
    private final Json.Obj rest;
    private volatile Prepared prepared;

    /**
     * Lists of that registry.
     *
     * @param pageSize items on a page
     * @param objectsOnly true for revisions before 2026-07-28, see {@link DefinitionWriter#tool}
     * @param rest what every page carries beside its items
     */
    public CatalogLists(Registry registry, int pageSize, boolean objectsOnly, Json.Obj rest) {
        this.registry = registry;
        this.pageSize = pageSize;
        this.objectsOnly = objectsOnly;
        this.rest = rest;
        this.prepared = prepare(registry.offering());
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

    @SuppressWarnings("ReferenceEquality") // an offering is replaced, never changed
    private Prepared current() {
        var offering = registry.offering();
        var ready = prepared;
        if (ready.offering != offering) {
            ready = prepare(offering);
            prepared = ready;
        }
        return ready;
    }

    private Prepared prepare(CatalogSnapshot offering) {
        return new Prepared(
                offering,
                pages(
                        "tools",
                        offering.tools().values(),
                        tool -> DefinitionWriter.tool(tool.definition(), objectsOnly)),
                pages("resources", offering.resources().values(), DefinitionWriter::resource),
                pages("resourceTemplates", offering.templates(), DefinitionWriter::template),
                pages("prompts", offering.prompts().values(), DefinitionWriter::prompt));
    }

    private <T> ListPages pages(String member, Collection<T> items, Function<T, Json.Obj> listing) {
        List<Json.Obj> listed = new ArrayList<>(items.size());
        items.forEach(item -> listed.add(listing.apply(item)));
        return new ListPages(member, listed, pageSize, rest);
    }

    private record Prepared(
            CatalogSnapshot offering, ListPages tools, ListPages resources, ListPages templates, ListPages prompts) {}
}
