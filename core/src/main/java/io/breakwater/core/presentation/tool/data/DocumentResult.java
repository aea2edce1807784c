package io.breakwater.core.presentation.tool.data;

import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.schema.AllowedValues;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Pattern;
import java.time.Instant;

/** A document of the store, as it is kept for equal calls. */
record DocumentResult(
        @Description("The document's id.") @Name("data_id") String dataId,

        @Description("The document, as it was saved.") Json content,

        @Description("Grows by one each time the document is saved.")
        long version,

        @Description("When it was saved.") @Name("updated_at")
        Instant updatedAt) {

    static final String ID = "The document's id: 1 to 200 characters, no spaces.";
    static final int LONGEST_ID = 200;
    static final String ID_PATTERN = "[^\\s\\u0000-\\u001f\\u007f-\\u009f]+";

    static DocumentResult of(Document document) {
        return new DocumentResult(document.id(), document.content(), document.version(), document.updatedAt());
    }

    /** What {@code get_data_cached} is called with. */
    record Get(
            @Description(ID) @Name("data_id") @Length(min = 1, max = LONGEST_ID) @Pattern(ID_PATTERN)
            String dataId) {}

    /** What {@code save_data} is called with. */
    record Save(
            @Description(ID) @Name("data_id") @Length(min = 1, max = LONGEST_ID) @Pattern(ID_PATTERN)
            String dataId,

            @Description("The document: any JSON value.") Json content) {}

    /** What {@code save_data} gives. */
    record Saved(
            @Description("The document's id.") @Name("data_id")
            String dataId,

            @Description("1 for a new document; one more each time it is saved.")
            long version,

            @Description("When it was saved.") @Name("updated_at")
            Instant updatedAt) {

        static Saved of(Document document) {
            return new Saved(document.id(), document.version(), document.updatedAt());
        }
    }

    /** Where this call's answer came from; added after the cache was asked. */
    record Origin(
            @Description("cache: kept from an earlier call. database: read now.") @AllowedValues({"cache", "database"})
            String source,

            @Description(CacheStatusMembers.STATUS)
            @Name("cache_status")
            @AllowedValues({"hit", "stale", "miss", "bypass"})
            String cacheStatus) {

        static Origin of(CacheStatus status) {
            var source = switch (status) {
                case HIT, STALE -> "cache";
                case MISS, BYPASS -> "database";
            };
            return new Origin(source, status.wire());
        }
    }
}
