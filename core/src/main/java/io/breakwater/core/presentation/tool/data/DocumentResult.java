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

/** A document in the store, as the cache holds it. */
record DocumentResult(
        @Description("The document's id.") @Name("data_id") String dataId,

        @Description("The saved document.") Json content,

        @Description("The version of the document, which increases by one with each save.")
        long version,

        @Description("The time at which the document was saved.") @Name("updated_at")
        Instant updatedAt) {

    static final String ID = "The document's id: 1 to 200 characters without spaces.";
    static final int MAX_ID_LENGTH = 200;
    static final String ID_PATTERN = "[^\\s\\u0000-\\u001f\\u007f-\\u009f]+";

    static DocumentResult of(Document document) {
        return new DocumentResult(document.id(), document.content(), document.version(), document.updatedAt());
    }

    /** The arguments of {@code get_data_cached}. */
    record Get(
            @Description(ID) @Name("data_id") @Length(min = 1, max = MAX_ID_LENGTH) @Pattern(ID_PATTERN)
            String dataId) {}

    /** The arguments of {@code save_data}. */
    record Save(
            @Description(ID) @Name("data_id") @Length(min = 1, max = MAX_ID_LENGTH) @Pattern(ID_PATTERN)
            String dataId,

            @Description("The document: any JSON value.") Json content) {}

    /** The result of {@code save_data}. */
    record Saved(
            @Description("The document's id.") @Name("data_id")
            String dataId,

            @Description("The new version of the document: 1 for a new document, and one more with each save.")
            long version,

            @Description("The time at which the document was saved.") @Name("updated_at")
            Instant updatedAt) {

        static Saved of(Document document) {
            return new Saved(document.id(), document.version(), document.updatedAt());
        }
    }

    /** The arguments of {@code delete_data}. */
    record Delete(
            @Description(ID) @Name("data_id") @Length(min = 1, max = MAX_ID_LENGTH) @Pattern(ID_PATTERN)
            String dataId) {}

    /** The result of {@code delete_data}. */
    record Deleted(
            @Description("What the tool did.") Status status,

            @Description("The document's id.") @Name("data_id")
            String dataId,

            @Description("The version of the document that was deleted.")
            long version) {

        /** What the tool did. */
        enum Status {
            @Name("deleted")
            DELETED
        }

        static Deleted of(String id, long version) {
            return new Deleted(Status.DELETED, id, version);
        }
    }

    /** The origin of the result; added after the cache lookup. */
    record Origin(
            @Description("cache: read from the cache. database: read from the database by this call.")
            @AllowedValues({"cache", "database"})
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
            return new Origin(source, status.wireName());
        }
    }
}
