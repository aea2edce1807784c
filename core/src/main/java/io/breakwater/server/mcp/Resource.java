package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
 * @param requirements what the resource requires of its callers
 * @param reader the function that reads the resource
 */
public record Resource(
        String uri,
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        CacheControl cacheControl,
        AccessRequirements requirements,
        Reader reader) {

    private static final Pattern ABSOLUTE_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");

    /** Refuses a resource without a URI, a name or a reader. */
    public Resource {
        Preconditions.notNull(uri, "Resource", "of");
        Preconditions.notNull(reader, "Resource " + uri, "reader");
        if (uri.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("Resource \"" + uri + "\" must have a URI and a name.");
        }
        requireUri(uri);
    }

    /** Refuses what is certainly no URI: without a scheme, or with a space or a variable. */
    private static void requireUri(String uri) {
        if (uri.contains("{")) {
            throw new IllegalArgumentException(
                    "Resource " + uri + ": a URI with {variables} needs ResourceTemplate.of(...).");
        }
        if (!ABSOLUTE_URI.matcher(uri).matches()) {
            throw new IllegalArgumentException("Resource \"" + uri
                    + "\": the URI must begin with a scheme and must not contain spaces, for example order://1.");
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
    public static final class Builder extends ResourceBuilder<Builder> {
        private Builder(String uri) {
            super(new ResourceDraft("Resource", uri));
        }

        /** Builds the resource with this reader. */
        public Resource reader(Reader reader) {
            notNull(reader, "reader");
            return new Resource(
                    draft.uri,
                    draft.name,
                    draft.title,
                    draft.description,
                    draft.mimeType,
                    draft.cacheControl,
                    draft.requirements,
                    reader);
        }

        /** Builds the resource with text, which the supplier returns for each read. */
        public Resource text(Supplier<String> text) {
            notNull(text, "text");
            return reader(call -> List.of(new ResourceContents.Text(draft.uri, draft.mimeType, text.get())));
        }
    }
}
