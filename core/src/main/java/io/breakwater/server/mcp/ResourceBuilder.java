package io.breakwater.server.mcp;

import java.time.Duration;

/**
 * The methods that the builders of resources and of resource templates share.
 *
 * @param <S> the builder itself, so that calls can be chained
 */
abstract class ResourceBuilder<S> extends DefinitionBuilder<S> {
    final ResourceDraft draft;

    ResourceBuilder(ResourceDraft draft) {
        super(draft);
        this.draft = draft;
    }

    /** Sets the name for programs; the default is the URI or the URI template. */
    public S name(String name) {
        draft.name = notNull(name, "name");
        return self();
    }

    /** Sets the media type of the contents. */
    public S mimeType(String mimeType) {
        draft.mimeType = notNull(mimeType, "mimeType");
        return self();
    }

    /**
     * Allows clients to cache the contents for this time, for the reader alone. By default, clients do not cache them.
     */
    public S cacheFor(Duration ttl) {
        draft.cacheControl = new CacheControl(Preconditions.notNegative(ttl, draft.where(), "cacheFor"), false);
        return self();
    }

    /**
     * Allows clients to cache the contents for this time and to share them, because all principals read the same
     * contents.
     */
    public S cacheForAll(Duration ttl) {
        draft.cacheControl = new CacheControl(Preconditions.notNegative(ttl, draft.where(), "cacheForAll"), true);
        return self();
    }
}
