package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.BudgetStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The table {@code budgets}. What is older than a week goes when something is taken: a few rows each time, so that a
 * taking stays quick however many are old, and none that another holds, so that no taking waits for what others clear
 * away. A taking adds one row at the most, so all old ones go in the end.
 */
final class PostgresBudgets implements BudgetStore {
    /** How many old rows go with one taking. */
    static final int AT_ONCE = 20;

    private static final int KEPT_DAYS = 7;

    private final StoreStatements sql;
    private final String take;
    private final String look;

    PostgresBudgets(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".budgets";
        // Sorted by day, old rows are looked for in the index, however few of them there are.
        var old = "SELECT ctid FROM " + table + " WHERE day < ? ORDER BY day LIMIT " + AT_ONCE;
        take = "WITH gone AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old + " FOR UPDATE SKIP LOCKED)))"
                + " INSERT INTO " + table + " AS present (day, data_source, caller, spent)"
                + " SELECT ?::date, ?::text, ?::text, ?::float8 WHERE ?::float8 <= ?::float8"
                + " ON CONFLICT (day, data_source, caller) DO UPDATE SET spent = present.spent + excluded.spent"
                + " WHERE present.spent + excluded.spent <= ?::float8 RETURNING spent";
        look = "SELECT spent FROM " + table + " WHERE day = ? AND data_source = ? AND caller = ?";
    }

    @Override
    public Taken take(Account account, LocalDate day, double amount, double budget, CallContext scope) {
        var old = day.minusDays(KEPT_DAYS);
        var source = account.dataSource();
        var caller = account.caller();
        var spent =
                sql.run(take, scope, PostgresBudgets::spent, old, day, source, caller, amount, amount, budget, budget);
        return spent.map(sum -> new Taken(true, budget - sum))
                .orElseGet(() -> new Taken(false, Math.max(0, budget - look(account, day, scope))));
    }

    private double look(Account account, LocalDate day, CallContext scope) {
        return sql.run(look, scope, PostgresBudgets::spent, day, account.dataSource(), account.caller())
                .orElse(0.0);
    }

    private static Optional<Double> spent(ResultSet rows) throws SQLException {
        return rows.next() ? Optional.of(rows.getDouble(1)) : Optional.empty();
    }
}
