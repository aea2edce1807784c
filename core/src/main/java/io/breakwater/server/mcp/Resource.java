package io.breakwater.server.mcp;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data that clients read under one URI.
 *
 * @param uri the URI
 * @param name the name for programs
 * @param title the title for users, or null
 * @param description the description, or null
 * @param mimeType the media type, or null
 * @param cacheControl how long a client may cache the contents
 * @param reader the function that reads the resource
 */
public record Resource(
        String uri,
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        CacheControl cacheControl,
        Reader reader) {

    /** Refuses a resource without a URI, a name or a reader. */
    public Resource {
        Preconditions.notNull(uri, "Resource", "of");
        Preconditions.notNull(reader, "Resource " + uri, "reader");
        if (uri.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("Resource \"" + uri + "\" must have a URI and a name.");
        }
    }

    /** Reads a resource. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Returns the current contents, which are never empty. Throw {@link McpException#noSuchResource} if the
         * resource no longer exists.
         */
        List<ResourceContents> read(Call call) throws Exception;
    }

    /** Returns a builder for a resource with this URI. */
    public static Builder of(String uri) {
        return new Builder(uri);
    }

    /** Builds a resource. */
    public static final class Builder {
        private final String uri;
        private @Nullable String name;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String mimeType;
        private CacheControl cacheControl = CacheControl.NONE;

        private Builder(String uri) {
            this.uri = Preconditions.notNull(uri, "Resource", "of");
        }

        /** Sets the name for programs; the default is the URI. */
        public Builder name(String name) {
            Preconditions.notNull(name, where(), "name");
            this.name = name;
            return this;
        }

        /** Sets the title that is shown to users. */
        public Builder title(String title) {
            Preconditions.notNull(title, where(), "title");
            this.title = title;
            return this;
        }

        /** Sets the description. */
        public Builder description(String description) {
            Preconditions.notNull(description, where(), "description");
            this.description = description;
            return this;
        }

        /** Sets the media type. */
        public Builder mimeType(String mimeType) {
            Preconditions.notNull(mimeType, where(), "mimeType");
            this.mimeType = mimeType;
            return this;
        }

        /**
         * Allows clients to cache the contents for this time, for the reader alone. By default, clients do not cache
         * them.
         */
        public Builder cacheFor(Duration ttl) {
            Preconditions.notNegative(ttl, where(), "cacheFor");
            cacheControl = new CacheControl(ttl, false);
            return this;
        }

        /**
         * Allows clients to cache the contents for this time and to share them, because all principals read the same
         * contents.
         */
        public Builder cacheForAll(Duration ttl) {
            Preconditions.notNegative(ttl, where(), "cacheForAll");
            cacheControl = new CacheControl(ttl, true);
            return this;
        }

        /** Builds the resource with this reader. */
        public Resource reader(Reader reader) {
            Preconditions.notNull(reader, where(), "reader");
            return new Resource(uri, name == null ? uri : name, title, description, mimeType, cacheControl, reader);
        }

        /** Builds the resource with text, which the supplier returns for each read. */
        public Resource text(java.util.function.Supplier<String> text) {
            Preconditions.notNull(text, where(), "text");
            return reader(call -> List.of(new ResourceContents.Text(uri, mimeType, text.get())));
        }

        private String where() {
            return "Resource " + uri;
        }
    }
}
