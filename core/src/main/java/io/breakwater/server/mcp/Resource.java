package io.breakwater.server.mcp;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something to read under one address.
 *
 * @param uri its address
 * @param name for programs
 * @param title for people, or null
 * @param description or null
 * @param mimeType or null
 * @param cacheControl for how long a client may keep what it read
 * @param reader reads it
 */
public record Resource(
        String uri,
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        CacheControl cacheControl,
        Reader reader) {

    /** Reads a resource. */
    @FunctionalInterface
    public interface Reader {
        /** What it holds now; never empty. Throw {@link McpException#noSuchResource} when it is gone. */
        List<ResourceContents> read(Call call) throws Exception;
    }

    /** Starts a resource. */
    public static Builder of(String uri) {
        return new Builder(uri);
    }

    /** A resource being described. */
    public static final class Builder {
        private final String uri;
        private @Nullable String name;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String mimeType;
        private CacheControl keeping = CacheControl.NONE;

        private Builder(String uri) {
            this.uri = uri;
        }

        /** The name for programs; the URI when not given. */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /** The title for people. */
        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** What it is. */
        public Builder description(String description) {
            this.description = description;
            return this;
        }

        /** Its media type. */
        public Builder mimeType(String mimeType) {
            this.mimeType = mimeType;
            return this;
        }

        /** Who reads it may keep it for so long, for itself alone; not at all when not said. */
        public Builder cacheFor(Duration ttl) {
            keeping = new CacheControl(ttl, false);
            return this;
        }

        /** Who reads it may keep it for so long and give it to others: everybody reads the same. */
        public Builder cacheForAll(Duration ttl) {
            keeping = new CacheControl(ttl, true);
            return this;
        }

        /** Finishes it. */
        public Resource reader(Reader reader) {
            return new Resource(uri, name == null ? uri : name, title, description, mimeType, keeping, reader);
        }

        /** Finishes it with text that is asked for at each reading. */
        public Resource text(java.util.function.Supplier<String> text) {
            return reader(call -> List.of(new ResourceContents.Text(uri, mimeType, text.get())));
        }
    }
}
