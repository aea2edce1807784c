package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.Accounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code accounts}. */
final class PostgresAccounts implements Accounts {
    private static final String COLUMNS = "id, name, password_hash, roles, disabled, token_generation, version";

    private final StoreStatements sql;
    private final String create;
    private final String find;
    private final String update;
    private final String list;

    PostgresAccounts(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".accounts";
        create = "INSERT INTO " + table + " (name, password_hash, roles) VALUES (?, ?, ?) RETURNING " + COLUMNS;
        find = "SELECT " + COLUMNS + " FROM " + table + " WHERE name = ?";
        update = "UPDATE " + table + " SET password_hash = ?, roles = ?, disabled = ?, token_generation = ?,"
                + " version = version + 1, updated_at = now() WHERE id = ? AND name = ? AND version = ? RETURNING "
                + COLUMNS;
        list = "SELECT " + COLUMNS + " FROM " + table + " WHERE name > ? ORDER BY name LIMIT ?";
    }

    @Override
    public Account create(String name, String passwordHash, Set<String> roles, CallContext context) {
        try {
            return sql.run(create, context, PostgresAccounts::first, name, passwordHash, array(roles))
                    .orElseThrow();
        } catch (PortException.RefusedException e) {
            if (e.getCause() instanceof SQLException cause
                    && SqlFailures.constraint(cause).equals("accounts_name")) {
                throw new PortException.RefusedException(
                        Reason.CONFLICT, "There is an account with this name already.", cause);
            }
            throw e;
        }
    }

    @Override
    public Optional<Account> find(String name, CallContext context) {
        return sql.run(find, context, PostgresAccounts::first, name);
    }

    @Override
    public Optional<Account> update(Account account, CallContext context) {
        return sql.run(
                update,
                context,
                PostgresAccounts::first,
                account.passwordHash(),
                array(account.roles()),
                account.disabled(),
                account.tokenGeneration(),
                account.id(),
                account.name(),
                account.version());
    }

    @Override
    public List<Account> listAfter(String name, int limit, CallContext context) {
        return sql.run(list, context, PostgresAccounts::all, name, limit);
    }

    private static String[] array(Set<String> roles) {
        return roles.stream().sorted().toArray(String[]::new);
    }

    private static Optional<Account> first(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(account(rows)) : Optional.empty();
    }

    private static List<Account> all(ResultSet rows) throws SQLException {
        var accounts = new ArrayList<Account>();
        while (rows.next()) {
            accounts.add(account(rows));
        }
        return accounts;
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                Set.of((String[]) row.getArray(4).getArray()),
                row.getBoolean(5),
                row.getInt(6),
                row.getLong(7));
    }
}
