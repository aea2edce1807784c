package io.breakwater.core.validation;

import io.breakwater.server.schema.InvalidSchemaException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The supported revisions of JSON Schema; the newest is the default. */
enum SchemaDialect {
    DRAFT_2020_12,
    DRAFT_2019_09,
    DRAFT_07;

    private static final Map<String, SchemaDialect> BY_ID = Map.of(
            "https://json-schema.org/draft/2020-12/schema", DRAFT_2020_12,
            "https://json-schema.org/draft/2019-09/schema", DRAFT_2019_09,
            "http://json-schema.org/draft-07/schema", DRAFT_07,
            "https://json-schema.org/draft-07/schema", DRAFT_07);

    /** Returns the dialect for the value of {@code $schema}, which may be absent. */
    static SchemaDialect of(@Nullable JsonNode id) {
        if (id == null) {
            return DRAFT_2020_12;
        }
        var named = id.isString() ? BY_ID.get(withoutHash(id.stringValue())) : null;
        if (named == null) {
            throw new InvalidSchemaException(
                    "The schema's dialect " + id + " is not supported. Write it in JSON Schema 2020-12"
                            + " and leave $schema out, or name 2020-12, 2019-09 or draft-07.");
        }
        return named;
    }

    private static String withoutHash(String id) {
        return id.endsWith("#") ? id.substring(0, id.length() - 1) : id;
    }

    /** True when {@code items} may be an array of schemas, which 2020-12 replaced by {@code prefixItems}. */
    boolean itemsMayBeList() {
        return this != DRAFT_2020_12;
    }
}
