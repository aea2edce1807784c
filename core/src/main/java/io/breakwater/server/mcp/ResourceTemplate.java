package io.breakwater.server.mcp;

import io.breakwater.port.AccessRequirements;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A URI template that stands for many resources (RFC 6570 level 1), for example {@code order://{number}/lines}. A
 * variable stands for one segment of the URI: one or more characters other than a slash. The reader receives the values
 * percent-decoded.
 */
public final class ResourceTemplate {
    private final UriTemplate uriTemplate;
    private final String name;
    private final @Nullable String title;
    private final @Nullable String description;
    private final @Nullable String mimeType;
    private final Map<String, Completer> completers;
    private final CacheControl cacheControl;
    private final AccessRequirements requirements;
    private final Reader reader;

    private ResourceTemplate(ResourceDraft draft, Map<String, Completer> completers, Reader reader) {
        this.uriTemplate = UriTemplate.parse(draft.uri);
        this.name = draft.name;
        this.title = draft.title;
        this.description = draft.description;
        this.mimeType = draft.mimeType;
        this.completers = Map.copyOf(completers);
        this.cacheControl = draft.cacheControl;
        this.requirements = draft.requirements;
        this.reader = reader;
        refuseUnknownVariables(draft.where());
    }

    private void refuseUnknownVariables(String where) {
        for (var variable : completers.keySet()) {
            if (!variables().contains(variable)) {
                throw new IllegalArgumentException(where + ": completion(\"" + variable
                        + "\", ...) names a variable that the template does not have. Its variables are: "
                        + String.join(", ", variables()) + ".");
            }
        }
    }

    /** Reads the resources of a template. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Returns the current contents of one resource, which are never empty. Throw {@link
         * McpException#noSuchResource} if the resource does not exist.
         *
         * @param uri the requested URI
         * @param variables the value of each variable, by name, percent-decoded: any text, including slashes
         */
        List<ResourceContents> read(String uri, Map<String, String> variables, Call call) throws Exception;
    }

    /** Returns a builder for this URI template. */
    public static Builder of(String uriTemplate) {
        return new Builder(uriTemplate);
    }

    /** Returns the URI template. */
    public String uriTemplate() {
        return uriTemplate.text();
    }

    /** Returns the names of the variables, in their order. */
    public List<String> variables() {
        return uriTemplate.variables();
    }

    /** Returns the name for programs. */
    public String name() {
        return name;
    }

    /** Returns the title for users, or null. */
    public @Nullable String title() {
        return title;
    }

    /** Returns the description, or null. */
    public @Nullable String description() {
        return description;
    }

    /** Returns the media type of all resources of the template, or null. */
    public @Nullable String mimeType() {
        return mimeType;
    }

    /** Returns the completer of a variable, or null. */
    public @Nullable Completer completer(String variable) {
        return completers.get(variable);
    }

    /** Returns how long a client may cache the contents. */
    public CacheControl cacheControl() {
        return cacheControl;
    }

    /** Returns what the resources of the template require of their callers. */
    public AccessRequirements requirements() {
        return requirements;
    }

    /** Returns the function that reads the resources. */
    public Reader reader() {
        return reader;
    }

    /** Returns the values of the variables, by name, if the URI matches the template. */
    public Optional<Map<String, String>> match(String uri) {
        return uriTemplate.match(uri);
    }

    /** Returns the URI with these values; every variable must have one. */
    public String uri(Map<String, String> values) {
        return uriTemplate.expand(values);
    }

    /** Builds a resource template. */
    public static final class Builder extends ResourceBuilder<Builder> {
        private final Map<String, Completer> completers = new LinkedHashMap<>();

        private Builder(String uriTemplate) {
            super(new ResourceDraft("Resource template", uriTemplate));
        }

        /** Sets the completer of a variable. */
        public Builder completion(String variable, Completer completer) {
            completers.put(notNull(variable, "completion"), notNull(completer, "completion"));
            return this;
        }

        /** Builds the resource template with this reader. */
        public ResourceTemplate reader(Reader reader) {
            return new ResourceTemplate(draft, completers, notNull(reader, "reader"));
        }
    }
}
