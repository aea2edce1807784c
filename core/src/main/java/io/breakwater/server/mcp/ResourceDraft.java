package io.breakwater.server.mcp;

import org.jspecify.annotations.Nullable;

/** The members that a builder has collected so far for a resource or a resource template. */
final class ResourceDraft extends DefinitionDraft {
    final String uri;
    String name;

    @Nullable
    String mimeType;

    CacheControl cacheControl = CacheControl.NONE;

    ResourceDraft(String kind, String uri) {
        super(kind, uri, "of");
        this.uri = uri;
        this.name = uri;
    }
}
