package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import org.jspecify.annotations.Nullable;

/** The members that a builder has collected so far and that definitions of every kind have. */
class DefinitionDraft {
    private final String where;

    @Nullable
    String title;

    @Nullable
    String description;

    AccessRequirements requirements = AccessRequirements.NONE;

    /**
     * Creates a draft without members.
     *
     * @param kind the kind of definition, for messages: {@code Tool}
     * @param key the name or URI that clients use
     * @param method the method that received the key
     */
    DefinitionDraft(String kind, String key, String method) {
        this.where = kind + " " + Preconditions.notNull(key, kind, method);
    }

    /** Returns the kind and the key, for messages: {@code Tool find_order}. */
    final String where() {
        return where;
    }
}
