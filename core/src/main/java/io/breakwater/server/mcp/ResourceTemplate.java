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
 * A family of resources, by an RFC 6570 level 1 template: {@code order://{number}/lines}. A variable stands for one
 * segment of the URI: one or more characters, none of them a slash; what they encode reaches the reader decoded.
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

    private ResourceTemplate(Builder draft, Reader reader) {
        this.uriTemplate = draft.uriTemplate;
        this.name = draft.name == null ? draft.uriTemplate : draft.name;
        this.title = draft.title;
        this.description = draft.description;
        this.mimeType = draft.mimeType;
        this.completers = Map.copyOf(draft.completers);
        this.cacheControl = draft.keeping;
        this.reader = reader;
        this.pattern = compile();
    }

    /** Reads one of the family. */
    @FunctionalInterface
    public interface Reader {
        /**
         * What it holds now; never empty. Throw {@link McpException#noSuchResource} when there is none.
         *
         * @param uri as it was asked for
         * @param variables what stood for each variable, percent-decoded: any text at all, slashes included
         */
        List<ResourceContents> read(String uri, Map<String, String> variables, Call call) throws Exception;
    }

    /** Starts a template. */
    public static Builder of(String uriTemplate) {
        return new Builder(uriTemplate);
    }

    /** The template, as given. */
    public String uriTemplate() {
        return uriTemplate;
    }

    /** For programs. */
    public String name() {
        return name;
    }

    /** For people, or null. */
    public @Nullable String title() {
        return title;
    }

    /** What it is, or null. */
    public @Nullable String description() {
        return description;
    }

    /** The media type of all of the family, or null. */
    public @Nullable String mimeType() {
        return mimeType;
    }

    /** Who proposes values for a variable, or null. */
    public @Nullable Completer completer(String variable) {
        return completers.get(variable);
    }

    /** For how long a client may keep what it read. */
    public CacheControl cacheControl() {
        return cacheControl;
    }

    /** Who reads. */
    public Reader reader() {
        return reader;
    }

    /** The variables' values if the URI belongs to the family. */
    public Optional<Map<String, String>> match(String uri) {
        Matcher matcher = pattern.matcher(uri);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < variables.size(); i++) {
            var value = PercentDecoder.decoded(matcher.group(i + 1));
            if (value == null) {
                return Optional.empty();
            }
            values.put(variables.get(i), value);
        }
        return Optional.of(values);
    }

    /** The URI of the one with these values, every variable among them. */
    public String uri(Map<String, String> values) {
        return VARIABLE.matcher(uriTemplate).replaceAll(variable -> {
            var value = values.get(variable.group(1));
            if (value == null) {
                throw new IllegalArgumentException(uriTemplate + " needs a value for " + variable.group(1));
            }
            return Matcher.quoteReplacement(PercentDecoder.encoded(value));
        });
    }

    /** One group for each variable; groups never span a slash, so a match takes little time. */
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
                    + "\" is no resource template: it needs {variables}, each a name in braces (RFC 6570 level 1).");
        }
        return Pattern.compile(
                regex.append(Pattern.quote(uriTemplate.substring(end))).toString());
    }

    /** A template being described. */
    public static final class Builder {
        private final String uriTemplate;
        private @Nullable String name;
        private @Nullable String title;
        private @Nullable String description;
        private @Nullable String mimeType;
        private CacheControl keeping = CacheControl.NONE;
        private final Map<String, Completer> completers = new LinkedHashMap<>();

        private Builder(String uriTemplate) {
            this.uriTemplate = uriTemplate;
        }

        /** The name for programs; the template when not given. */
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

        /** The media type of all of the family. */
        public Builder mimeType(String mimeType) {
            this.mimeType = mimeType;
            return this;
        }

        /** Who proposes values for a variable. */
        public Builder completion(String variable, Completer completer) {
            completers.put(variable, completer);
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
        public ResourceTemplate reader(Reader reader) {
            return new ResourceTemplate(this, reader);
        }
    }
}
