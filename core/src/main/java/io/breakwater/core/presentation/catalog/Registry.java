package io.breakwater.core.presentation.catalog;

import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the current {@link CatalogSnapshot}. Reading is one volatile load; a change replaces the whole and tells the
 * listeners which list is another one now. Registration refuses in a sentence what a client could not use.
 */
public final class Registry {
    private final List<Consumer<Kind>> listeners = new CopyOnWriteArrayList<>();
    private volatile CatalogSnapshot offering = CatalogSnapshot.EMPTY;

    /** Offers nothing yet. */
    public Registry() {}

    /** The lists a catalogue has. */
    public enum Kind {
        /** {@code tools/list}. */
        TOOLS("tools"),
        /** {@code resources/list} and {@code resources/templates/list}. */
        RESOURCES("resources"),
        /** {@code prompts/list}. */
        PROMPTS("prompts");

        private final String wire;

        Kind(String wire) {
            this.wire = wire;
        }

        /** As in the names of methods: {@code tools}. */
        public String wire() {
            return wire;
        }
    }

    /** What is offered now. */
    public CatalogSnapshot offering() {
        return offering;
    }

    /** Tells of every change from now on. */
    public void onChange(Consumer<Kind> listener) {
        listeners.add(listener);
    }

    /** Adds tools, all or none; a name that is taken is refused. */
    public void addTools(List<Tool> tools) {
        var entries = tools.stream().map(ToolEntry::of).toList();
        change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(offering.tools());
            for (var entry : entries) {
                refuseTaken("Tool", entry.name(), next.putIfAbsent(entry.name(), entry));
            }
            offering = offering.withTools(next);
            return !entries.isEmpty();
        });
    }

    /** Puts these tools where those of the given names were; all at once. */
    public void replaceTools(List<String> old, List<Tool> tools) {
        var entries = tools.stream().map(ToolEntry::of).toList();
        change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(offering.tools());
            next.keySet().removeAll(old);
            for (var entry : entries) {
                refuseTaken("Tool", entry.name(), next.putIfAbsent(entry.name(), entry));
            }
            offering = offering.withTools(next);
            return true;
        });
    }

    /** Takes a tool away; false when there is none of that name. Calls under way go on. */
    public boolean removeTool(String name) {
        return change(Kind.TOOLS, () -> {
            var next = new LinkedHashMap<>(offering.tools());
            boolean removed = next.remove(name) != null;
            offering = offering.withTools(next);
            return removed;
        });
    }

    /** Adds a resource; a URI that is taken is refused. */
    public void add(Resource resource) {
        change(Kind.RESOURCES, () -> {
            var next = new LinkedHashMap<>(offering.resources());
            refuseTaken("Resource", resource.uri(), next.putIfAbsent(resource.uri(), resource));
            offering = offering.withResources(next);
            return true;
        });
    }

    /** Takes a resource away; false when there is none under that URI. */
    public boolean removeResource(String uri) {
        return change(Kind.RESOURCES, () -> {
            var next = new LinkedHashMap<>(offering.resources());
            boolean removed = next.remove(uri) != null;
            offering = offering.withResources(next);
            return removed;
        });
    }

    /** Adds a family of resources. */
    public void add(ResourceTemplate template) {
        change(Kind.RESOURCES, () -> {
            var next = new ArrayList<>(offering.templates());
            boolean taken = next.stream().anyMatch(other -> other.uriTemplate().equals(template.uriTemplate()));
            refuseTaken("Resource template", template.uriTemplate(), taken ? template : null);
            next.add(template);
            offering = offering.withTemplates(next);
            return true;
        });
    }

    /** Adds a prompt; a name that is taken is refused. */
    public void add(Prompt prompt) {
        change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(offering.prompts());
            refuseTaken("Prompt", prompt.name(), next.putIfAbsent(prompt.name(), prompt));
            offering = offering.withPrompts(next);
            return true;
        });
    }

    /** Takes a prompt away; false when there is none of that name. */
    public boolean removePrompt(String name) {
        return change(Kind.PROMPTS, () -> {
            Map<String, Prompt> next = new LinkedHashMap<>(offering.prompts());
            boolean removed = next.remove(name) != null;
            offering = offering.withPrompts(next);
            return removed;
        });
    }

    private boolean change(Kind kind, BooleanSupplier change) {
        boolean changed;
        synchronized (this) {
            changed = change.getAsBoolean();
        }
        if (changed) {
            listeners.forEach(listener -> listener.accept(kind));
        }
        return changed;
    }

    private static void refuseTaken(String what, String name, @Nullable Object before) {
        if (before != null) {
            throw new IllegalArgumentException(what + " \"" + name + "\" is there already; names are unique.");
        }
    }
}
