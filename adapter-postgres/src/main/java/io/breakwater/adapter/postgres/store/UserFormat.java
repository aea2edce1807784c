package io.breakwater.adapter.postgres.store;

import io.breakwater.port.Json;
import io.breakwater.port.driven.UserStore.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** A row of the table {@code users}, whose columns are id, name, email, version, created_at and updated_at. */
final class UserFormat implements RecordedWrites.RowFormat<User> {
    static final UserFormat INSTANCE = new UserFormat();

    private UserFormat() {}

    @Override
    public User read(ResultSet row) throws SQLException {
        return new User(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getObject(6, OffsetDateTime.class).toInstant());
    }

    @Override
    public Json.Obj encode(User user) {
        return Json.object()
                .put("id", user.id())
                .put("name", user.name())
                .put("email", user.email())
                .put("version", user.version())
                .put("created_at", user.createdAt().toString())
                .put("updated_at", user.updatedAt().toString())
                .build();
    }

    @Override
    public User decode(Json.Obj recorded) {
        return new User(
                RecordedMember.number(recorded, "id"),
                RecordedMember.text(recorded, "name"),
                RecordedMember.text(recorded, "email"),
                RecordedMember.number(recorded, "version"),
                Instant.parse(RecordedMember.text(recorded, "created_at")),
                Instant.parse(RecordedMember.text(recorded, "updated_at")));
    }
}
