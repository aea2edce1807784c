package io.breakwater.server.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URI template that stands for many resources (RFC 6570 level 1), for example {@code order://{number}/lines}. A
 * variable stands for one segment of the URI: one or more characters other than a slash. The reader receives the values
 * percent-decoded.
 */
public final class ResourceTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final String uriTemplate;
    private final String name;
    private final @Nullable String title;
    private final @Nullable String description;
    private final @Nullable String mimeType;
    private final Map<String, Completer> completers;
    private final CacheControl cacheControl;
    private final Reader reader;
    private final List<String> variables = new ArrayList<>();
    private final Pattern pattern;

    private ResourceTemplate(Builder builder, Reader reader) {
        this.uriTemplate = builder.uriTemplate;
        this.name = builder.name == null ? builder.uriTemplate : builder.name;
        this.title = builder.title;
        this.description = builder.description;
        this.mimeType = builder.mimeType;
        this.completers = Map.copyOf(builder.completers);
        this.cacheControl = builder.cacheControl;
        this.reader = reader;
        this.pattern = compile();
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
        return uriTemplate;
    }

    /** Returns the names of the variables, in their order. */
    public List<String> variables() {
        return List.copyOf(variables);
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

    /** Returns the function that reads the resources. */
    public Reader reader() {
        return reader;
    }

    /** Returns the values of the variables, by name, if the URI matches the template. */
    public Optional<Map<String, String>> match(String uri) {
        Matcher matcher = pattern.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < variables.size(); i++) {
            var value = PercentDecoder.decode(matcher.group(i + 1));
            if (value == null) {
                return Optional.empty();
            }
            values.put(variables.get(i), value);
        }
        return Optional.of(values);
    }

    /** Returns the URI with these values; every variable must have one. */
    public String uri(Map<String, String> values) {
        return VARIABLE.matcher(uriTemplate).replaceAll(variable -> {
            var value = values.get(variable.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "The template " + uriTemplate + " needs a value for " + variable.group(1));
            }
            return Matcher.quoteReplacement(PercentDecoder.encode(value));
        });
    }

    /**
     * Compiles the template to one group for each variable. Groups never span a slash, so a match takes little time.
     */
    private Pattern compile() {
        var regex = new StringBuilder();
        var matcher = VARIABLE.matcher(uriTemplate);
        int end = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(uriTemplate.substring(end, matcher.start())))
                    .append("([^/]+)");
            variables.add(matcher.group(1));
            end = matcher.end();
        }
        if (variables.isEmpty() || uriTemplate.substring(end).contains("{")) {
            throw new IllegalArgumentException("\"" + uriTemplate
                    + "\" is not a resource template: it must have {variables}, each a name in braces"
                    + " (RFC 6570 level 1).");
        }
        return Pattern.compile(
                regex.append(Pattern.quote(uriTemplate.substring(end))).toString());
    }

    /** Builds a resource template. */
    public static final class Builder {
        private final String uriTemplate;
        private @Nullable String name;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String mimeType;
        private CacheControl cacheControl = CacheControl.NONE;
        private final Map<String, Completer> completers = new LinkedHashMap<>();

        private Builder(String uriTemplate) {
            this.uriTemplate = Preconditions.notNull(uriTemplate, "Resource template", "of");
        }

        /** Sets the name for programs; the default is the URI template. */
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

        /** Sets the media type of all resources of the template. */
        public Builder mimeType(String mimeType) {
            Preconditions.notNull(mimeType, where(), "mimeType");
            this.mimeType = mimeType;
            return this;
        }

        /** Sets the completer of a variable. */
        public Builder completion(String variable, Completer completer) {
            Preconditions.notNull(variable, where(), "completion");
            Preconditions.notNull(completer, where(), "completion");
            completers.put(variable, completer);
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

        /** Builds the resource template with this reader. */
        public ResourceTemplate reader(Reader reader) {
            Preconditions.notNull(reader, where(), "reader");
            return new ResourceTemplate(this, reader);
        }

        private String where() {
            return "Resource template " + uriTemplate;
        }
    }
}
