package io.breakwater.server.mcp;

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

    final <T> T notNull(T argument, String method) {
        return Preconditions.notNull(argument, draft.where(), method);
    }

    @SuppressWarnings("unchecked") // every builder passes its own class as S
    final S self() {
        return (S) this;
    }
}
