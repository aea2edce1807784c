package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import java.util.Set;

/**
 * The methods that the builders of all definitions have.
 *
 * @param <S> the builder itself, so that calls can be chained
 */
abstract class DefinitionBuilder<S> {
    private final DefinitionDraft draft;

    DefinitionBuilder(DefinitionDraft draft) {
        this.draft = draft;
    }

    /** Sets the title that is shown to users. */
    public S title(String title) {
        draft.title = notNull(title, "title");
        return self();
    }

    /**
     * Sets the description, which tells a model or a user the purpose of the definition. Tools and prompts require it.
     */
    public S description(String description) {
        draft.description = notNull(description, "description");
        return self();
    }

    /**
     * Requires one of these roles of the caller, in place of earlier ones. To callers without them, the definition looks
     * as if it did not exist.
     */
    public S requiresRole(String... roles) {
        draft.requirements =
                new AccessRequirements(Set.of(notNull(roles, "requiresRole")), draft.requirements.scopes());
        return self();
    }

    /**
     * Requires all of these scopes of the caller, in place of earlier ones. Callers without them see the definition in
     * lists, and learn on use which scopes they need.
     */
    public S requiresScope(String... scopes) {
        draft.requirements =
                new AccessRequirements(draft.requirements.roles(), Set.of(notNull(scopes, "requiresScope")));
        return self();
    }

    final <T> T notNull(T argument, String method) {
        return Preconditions.notNull(argument, draft.where(), method);
    }

    @SuppressWarnings("unchecked") // every builder passes its own class as S
    final S self() {
        return (S) this;
    }
}
