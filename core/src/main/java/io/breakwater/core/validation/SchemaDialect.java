package io.breakwater.core.validation;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The supported revisions of JSON Schema; the newest is the default. Authors may not use the two oldest. */
enum SchemaDialect {
    DRAFT_2020_12("https://json-schema.org/draft/2020-12/schema"),
    DRAFT_2019_09("https://json-schema.org/draft/2019-09/schema"),
    DRAFT_07("http://json-schema.org/draft-07/schema"),
    DRAFT_06("http://json-schema.org/draft-06/schema"),
    DRAFT_04("http://json-schema.org/draft-04/schema");

    /** The ids of the meta-schemas, which the validator contains; no other document is loaded. */
    private static final Pattern META_SCHEMA = Pattern.compile(
            "https?://json-schema\\.org/draft(-0[467]/schema|/(2019-09|2020-12)/(schema|meta/[a-z-]+))#?");

    private static final Map<String, SchemaDialect> BY_ID = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(dialect -> withoutScheme(dialect.id), Function.identity()));

    private final String id;

    SchemaDialect(String id) {
        this.id = id;
    }

    /** Returns the dialect for the value of {@code $schema}, which may be absent; null for an unknown dialect. */
    static @Nullable SchemaDialect of(@Nullable JsonNode id) {
        if (id == null) {
            return DRAFT_2020_12;
        }
        return id.isString() ? BY_ID.get(withoutScheme(id.stringValue())) : null;
    }

    /** True for a document that the validator contains. */
    static boolean isMetaSchema(String uri) {
        return META_SCHEMA.matcher(uri).matches();
    }

    String id() {
        return id;
    }

    boolean isForAuthors() {
        return compareTo(DRAFT_07) <= 0;
    }

    private static String withoutScheme(String id) {
        int start = id.startsWith("https:") ? "https:".length() : id.startsWith("http:") ? "http:".length() : 0;
        return id.substring(start, id.endsWith("#") ? id.length() - 1 : id.length());
    }
}
