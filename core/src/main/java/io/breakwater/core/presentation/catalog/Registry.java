package io.breakwater.core.presentation.catalog;

import io.breakwater.core.presentation.catalog.CatalogChange.Item;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current {@link CatalogSnapshot}. A read is one volatile load; a change replaces the snapshot and notifies
 * the listeners of the list that changed. Registration refuses definitions that clients cannot use, with a message that
 * names them.
 */
public final class Registry {
    private final List<Consumer<CatalogChange>> listeners = new CopyOnWriteArrayList<>();
    private final Set<Kind> offered = ConcurrentHashMap.newKeySet();
    private volatile CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;

    /** Creates an empty registry. */
    public Registry() {}

    /** The lists of a catalog. */
    public enum Kind {
        /** {@code tools/list}. */
        TOOLS("tools"),
        /** {@code resources/list} and {@code resources/templates/list}. */
        RESOURCES("resources"),
        /** {@code prompts/list}. */
        PROMPTS("prompts");

        private final String wireName;

        Kind(String wire) {
            this.wireName = wire;
        }

        /** Returns the name as it stands in MCP methods, for example {@code tools}. */
        public String wireName() {
            return wireName;
        }
    }

    /** Returns the current catalog. */
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Returns true if the catalog has or had an item of this kind. A kind stays offered when its last item is removed,
     * because clients know of it.
     */
    public boolean offers(Kind kind) {
        return offered.contains(kind);
    }

    /** Registers a listener for all later changes. */
    public void onChange(Consumer<CatalogChange> listener) {
        listeners.add(listener);
    }

    /** Adds tools, all or none. A name that is already in use is refused. */
    public void addTools(List<Tool> tools) {
        var entries = tools.stream().map(ToolEntry::of).toList();
        change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(snapshot.tools());
            for (var entry : entries) {
                refuseDuplicate("Tool", entry.name(), next.putIfAbsent(entry.name(), entry));
            }
            snapshot = snapshot.withTools(next);
            return entries.stream().map(Item::of).toList();
        });
    }

    /** Replaces the tools with these names by other tools, in one step. */
    public void replaceTools(List<String> old, List<Tool> tools) {
        var entries = tools.stream().map(ToolEntry::of).toList();
        offered.add(Kind.TOOLS); // a source without tools may have some later
        change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(snapshot.tools());
            var changed = new ArrayList<Item>();
            old.forEach(name -> changed.addAll(items(next.remove(name), Item::of)));
            for (var entry : entries) {
                refuseDuplicate("Tool", entry.name(), next.putIfAbsent(entry.name(), entry));
                changed.add(Item.of(entry));
            }
            snapshot = snapshot.withTools(next);
            return changed;
        });
    }

    /** Removes a tool; returns false if no tool has that name. Running calls continue. */
    public boolean removeTool(String name) {
        return change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(snapshot.tools());
            var removed = items(next.remove(name), Item::of);
            snapshot = snapshot.withTools(next);
            return removed;
        });
    }

    /** Adds a resource. A URI that is already in use is refused. */
    public void add(Resource resource) {
        change(Kind.RESOURCES, () -> {
            var next = new LinkedHashMap<>(snapshot.resources());
            refuseDuplicate("Resource", resource.uri(), next.putIfAbsent(resource.uri(), resource));
            snapshot = snapshot.withResources(next);
            return List.of(Item.of(resource));
        });
    }

    /** Removes a resource; returns false if no resource has that URI. */
    public boolean removeResource(String uri) {
        return change(Kind.RESOURCES, () -> {
            var next = new LinkedHashMap<>(snapshot.resources());
            var removed = items(next.remove(uri), Item::of);
            snapshot = snapshot.withResources(next);
            return removed;
        });
    }

    /** Adds a resource template. A template that is already in use is refused. */
    public void add(ResourceTemplate template) {
        change(Kind.RESOURCES, () -> {
            var next = new ArrayList<>(snapshot.templates());
            boolean exists = next.stream().anyMatch(other -> other.uriTemplate().equals(template.uriTemplate()));
            refuseDuplicate("Resource template", template.uriTemplate(), exists ? template : null);
            next.add(template);
            snapshot = snapshot.withTemplates(next);
            return List.of(Item.of(template));
        });
    }

    /** Adds a prompt. A name that is already in use is refused. */
    public void add(Prompt prompt) {
        change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(snapshot.prompts());
            refuseDuplicate("Prompt", prompt.name(), next.putIfAbsent(prompt.name(), prompt));
            snapshot = snapshot.withPrompts(next);
            return List.of(Item.of(prompt));
        });
    }

    /** Removes a prompt; returns false if no prompt has that name. */
    public boolean removePrompt(String name) {
        return change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(snapshot.prompts());
            var removed = items(next.remove(name), Item::of);
            snapshot = snapshot.withPrompts(next);
            return removed;
        });
    }

    /** Notifies the listeners of every offered list, because callers may now see other items. */
    public void accessChanged() {
        for (var kind : Kind.values()) {
            if (offers(kind)) {
                notifyListeners(new CatalogChange(kind, null));
            }
        }
    }

    /** Makes a change, which returns the items that it adds and removes; returns false if there are none. */
    private boolean change(Kind kind, Supplier<List<Item>> change) {
        List<Item> items;
        synchronized (this) {
            items = change.get();
        }
        if (items.isEmpty()) {
            return false;
        }
        offered.add(kind);
        notifyListeners(new CatalogChange(kind, items));
        return true;
    }

    private void notifyListeners(CatalogChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    private static <T> List<Item> items(@Nullable T definition, Function<T, Item> item) {
        return definition == null ? List.of() : List.of(item.apply(definition));
    }

    private static void refuseDuplicate(String what, String name, @Nullable Object before) {
        if (before != null) {
            throw new IllegalArgumentException(
                    what + " \"" + name + "\" is already registered. Use another name, or remove the other one first.");
        }
    }
}
