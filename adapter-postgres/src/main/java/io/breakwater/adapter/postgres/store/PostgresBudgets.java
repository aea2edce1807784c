package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The table {@code budgets}. Each statement that takes from a budget also deletes a few rows that are older than a
 * week. Their number is limited, so that the statement stays fast, and rows that other transactions have locked are
 * skipped, so that it does not wait. Each statement adds at most one row, so all old rows are deleted eventually.
 */
final class PostgresBudgets implements BudgetStore {
    /** The maximum number of old rows that one statement deletes. */
    static final int MAX_CLEANUP = 20;

    private static final int RETENTION_DAYS = 7;

    private final StoreStatements sql;
    private final String spendSql;
    private final String spentSql;

    PostgresBudgets(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".budgets";
        // With ORDER BY day, the server finds old rows in the index, even when there are few.
        var old = "SELECT ctid FROM " + table + " WHERE day < ? ORDER BY day LIMIT " + MAX_CLEANUP;
        spendSql = "WITH deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old
                + " FOR UPDATE SKIP LOCKED)))"
                + " INSERT INTO " + table + " AS present (day, data_source, caller, spent)"
                + " SELECT ?::date, ?::text, ?::text, ?::float8 WHERE ?::float8 <= ?::float8"
                + " ON CONFLICT (day, data_source, caller) DO UPDATE SET spent = present.spent + excluded.spent"
                + " WHERE present.spent + excluded.spent <= ?::float8 RETURNING spent";
        spentSql = "SELECT spent FROM " + table + " WHERE day = ? AND data_source = ? AND caller = ?";
    }

    @Override
    public Withdrawal take(Account account, LocalDate day, double amount, double budget, CallContext context) {
        var old = day.minusDays(RETENTION_DAYS);
        var source = account.dataSource();
        var caller = account.caller();
        var spent = sql.run(
                spendSql, context, PostgresBudgets::spent, old, day, source, caller, amount, amount, budget, budget);
        return spent.map(sum -> new Withdrawal(true, budget - sum))
                .orElseGet(() -> new Withdrawal(false, Math.max(0, budget - readSpent(account, day, context))));
    }

    private double readSpent(Account account, LocalDate day, CallContext context) {
        return sql.run(spentSql, context, PostgresBudgets::spent, day, account.dataSource(), account.caller())
                .orElse(0.0);
    }

    private static Optional<Double> spent(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(rows.getDouble(1)) : Optional.empty();
    }
}
