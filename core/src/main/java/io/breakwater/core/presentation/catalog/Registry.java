package io.breakwater.core.presentation.catalog;

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
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current {@link CatalogSnapshot}. A read is one volatile load; a change replaces the snapshot and notifies
 * the listeners of the list that changed. Registration refuses definitions that clients cannot use, with a message that
 * names them.
 */
public final class Registry {
    private final List<Consumer<Kind>> listeners = new CopyOnWriteArrayList<>();
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
    public void onChange(Consumer<Kind> listener) {
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
            return !entries.isEmpty();
        });
    }

    /** Replaces the tools with these names by other tools, in one step. */
    public void replaceTools(List<String> old, List<Tool> tools) {
        var entries = tools.stream().map(ToolEntry::of).toList();
        change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(snapshot.tools());
            next.keySet().removeAll(old);
            for (var entry : entries) {
                refuseDuplicate("Tool", entry.name(), next.putIfAbsent(entry.name(), entry));
            }
            snapshot = snapshot.withTools(next);
            return true;
        });
    }

    /** Removes a tool; returns false if no tool has that name. Running calls continue. */
    public boolean removeTool(String name) {
        return change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(snapshot.tools());
            boolean removed = next.remove(name) != null;
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
            return true;
        });
    }

    /** Removes a resource; returns false if no resource has that URI. */
    public boolean removeResource(String uri) {
        return change(Kind.RESOURCES, () -> {
            var next = new LinkedHashMap<>(snapshot.resources());
            boolean removed = next.remove(uri) != null;
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
            return true;
        });
    }

    /** Adds a prompt. A name that is already in use is refused. */
    public void add(Prompt prompt) {
        change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(snapshot.prompts());
            refuseDuplicate("Prompt", prompt.name(), next.putIfAbsent(prompt.name(), prompt));
            snapshot = snapshot.withPrompts(next);
            return true;
        });
    }

    /** Removes a prompt; returns false if no prompt has that name. */
    public boolean removePrompt(String name) {
        return change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(snapshot.prompts());
            boolean removed = next.remove(name) != null;
            snapshot = snapshot.withPrompts(next);
            return removed;
        });
    }

    /** Notifies the listeners of every offered list, because callers may now see other items. */
    public void accessChanged() {
        for (var kind : Kind.values()) {
            if (offers(kind)) {
                listeners.forEach(listener -> listener.accept(kind));
            }
        }
    }

    private boolean change(Kind kind, BooleanSupplier change) {
        boolean changed;
        synchronized (this) {
            changed = change.getAsBoolean();
        }
        if (changed) {
            offered.add(kind);
            listeners.forEach(listener -> listener.accept(kind));
        }
        return changed;
    }

    private static void refuseDuplicate(String what, String name, @Nullable Object before) {
        if (before != null) {
            throw new IllegalArgumentException(
                    what + " \"" + name + "\" is already registered. Use another name, or remove the other one first.");
        }
    }
}
