package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.UserStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code users}. */
final class PostgresUsers implements UserStore {
    private static final String COLUMNS = "id, name, email, version, created_at, updated_at";

    private final StoreStatements sql;
    private final RecordedWrites writes;
    private final String create;
    private final String find;
    private final String update;
    private final String delete;
    private final String list;

    PostgresUsers(StoreStatements sql, RecordedWrites writes, String schema) {
        this.sql = sql;
        this.writes = writes;
        var table = schema + ".users";
        create = "INSERT INTO " + table + " (name, email) VALUES (?, ?) RETURNING " + COLUMNS;
        find = "SELECT " + COLUMNS + " FROM " + table + " WHERE id = ?";
        update = "UPDATE " + table + " SET name = coalesce(?::text, name), email = coalesce(?::text, email),"
                + " version = version + 1, updated_at = now()"
                + " WHERE id = ? AND version = coalesce(?::bigint, version) RETURNING " + COLUMNS;
        delete = "DELETE FROM " + table + " WHERE id = ? AND version = coalesce(?::bigint, version) RETURNING "
                + COLUMNS;
        list = "SELECT " + COLUMNS + " FROM " + table + " WHERE id > ? ORDER BY id LIMIT ?";
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return true;
    }

    @Override
    public User create(String name, String email, CallContext context) {
        return changed(create, context, name, email).orElseThrow();
    }

    @Override
    public Optional<User> find(long id, CallContext context) {
        return sql.run(find, context, PostgresUsers::first, id);
    }

    @Override
    public Optional<User> update(long id, Change change, CallContext context) {
        return changed(update, context, change.name(), change.email(), id, change.version());
    }

    @Override
    public Optional<User> delete(long id, @Nullable Long version, CallContext context) {
        return changed(delete, context, id, version);
    }

    @Override
    public List<User> listAfter(long id, int limit, CallContext context) {
        return sql.run(list, context, PostgresUsers::all, id, limit);
    }

    private Optional<User> changed(String statement, CallContext context, @Nullable Object... values) {
        try {
            return writes.run(statement, context, UserFormat.INSTANCE, values);
        } catch (PortException.RefusedException e) {
            if (e.getCause() instanceof SQLException cause
                    && SqlFailures.constraint(cause).equals("users_email")) {
                throw new PortException.RefusedException(
                        Reason.CONFLICT, "Another user has this email address already.", cause);
            }
            throw e;
        }
    }

    private static Optional<User> first(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(UserFormat.INSTANCE.read(rows)) : Optional.empty();
    }

    private static List<User> all(ResultSet rows) throws SQLException {
        var users = new ArrayList<User>();
        while (rows.next()) {
            users.add(UserFormat.INSTANCE.read(rows));
        }
        return users;
    }
}
