package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code documents}. */
final class PostgresDocuments implements DocumentStore {
    private static final String COLUMNS = "id, content, version, updated_at";

    private final StoreStatements sql;
    private final RecordedWrites writes;
    private final String identity;
    private final String find;
    private final String save;
    private final String delete;

    PostgresDocuments(StoreStatements sql, RecordedWrites writes, StoreSettings settings) {
        this.sql = sql;
        this.writes = writes;
        identity = settings.url().location() + " " + settings.schema();
        var table = settings.quotedSchema() + ".documents";
        find = "SELECT " + COLUMNS + " FROM " + table + " WHERE id = ANY (?)";
        save = "INSERT INTO " + table + " AS present (id, content) VALUES (?, ?::json)"
                + " ON CONFLICT (id) DO UPDATE SET content = excluded.content,"
                + " version = present.version + 1, updated_at = now() RETURNING " + COLUMNS;
        delete = "DELETE FROM " + table + " WHERE id = ? AND version = coalesce(?::bigint, version)"
                + " AND updated_at = coalesce(?::timestamptz, updated_at) RETURNING version";
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return true;
    }

    @Override
    public Map<String, Document> find(Set<String> ids, CallContext context) {
        return sql.run(find, context, PostgresDocuments::all, (Object) ids.toArray(new String[0]));
    }

    @Override
    public Document save(String id, Json.Raw content, CallContext context) {
        var text = new String(content.utf8(), StandardCharsets.UTF_8);
        return writes.run(save, context, new SavedDocument(id, content), id, text)
                .orElseThrow();
    }

    @Override
    public OptionalLong delete(String id, @Nullable Revision revision, CallContext context) {
        var version = revision == null ? null : (Long) revision.version();
        var updatedAt = revision == null ? null : revision.updatedAt().toString();
        return writes.run(delete, context, DeletedVersion.INSTANCE, id, version, updatedAt).stream()
                .mapToLong(Long::longValue)
                .findAny();
    }

    private static Map<String, Document> all(ResultSet rows) throws SQLException {
        var documents = new HashMap<String, Document>();
        while (rows.next()) {
            var document = document(rows);
            documents.put(document.id(), document);
        }
        return documents;
    }

    private static Document document(ResultSet row) throws SQLException {
        var content = new Json.Raw(row.getString(2).getBytes(StandardCharsets.UTF_8));
        return new Document(
                row.getString(1),
                content,
                row.getLong(3),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }

    /** The version of a document that was deleted. */
    private enum DeletedVersion implements RecordedWrites.RowFormat<Long> {
        INSTANCE;

        @Override
        public Long read(ResultSet row) throws SQLException {
            return row.getLong(1);
        }

        @Override
        public Json.Obj encode(Long version) {
            return Json.object().put("version", version).build();
        }

        @Override
        public Long decode(Json.Obj recorded) {
            return RecordedMember.number(recorded, "version");
        }
    }

    /** A document that was saved. Its content is not recorded, since the repeated call has the same content. */
    private record SavedDocument(String id, Json.Raw content) implements RecordedWrites.RowFormat<Document> {
        @Override
        public Document read(ResultSet row) throws SQLException {
            return document(row);
        }

        @Override
        public Json.Obj encode(Document document) {
            return Json.object()
                    .put("version", document.version())
                    .put("updated_at", document.updatedAt().toString())
                    .build();
        }

        @Override
        public Document decode(Json.Obj recorded) {
            return new Document(
                    id,
                    content,
                    RecordedMember.number(recorded, "version"),
                    Instant.parse(RecordedMember.text(recorded, "updated_at")));
        }
    }
}
