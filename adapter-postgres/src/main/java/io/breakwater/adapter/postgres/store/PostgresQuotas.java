package io.breakwater.adapter.postgres.store;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.QuotaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code quotas}. One statement makes all charges, in the order of the key, so that the statements of several
 * servers do not wait for each other in a circle. It also deletes a few rows that are older than a week: more than it
 * inserts, so that all old rows are deleted eventually, but a limited number, so that it stays fast. It skips old rows that
 * other transactions have locked, so that it does not wait.
 */
final class PostgresQuotas implements QuotaStore {
    private static final int RETENTION_DAYS = 7;

    private final StoreStatements sql;
    private final String chargeSql;
    private final String usedSql;

    PostgresQuotas(StoreStatements sql, String schema) {
        this.sql = sql;
        var table = schema + ".quotas";
        var charges = "unnest(?::date[], ?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[])"
                + " WITH ORDINALITY AS charge (day, scope, owner, kind, amount, most, position)";
        // With ORDER BY day, the server finds old rows in the index, even when there are few.
        var old = "SELECT ctid FROM " + table + " WHERE day < ? ORDER BY day LIMIT ? FOR UPDATE SKIP LOCKED";
        // Few charges have a limit, so the search for the one of a row is short.
        chargeSql = "WITH deleted AS (DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(" + old + "))),"
                + " charge AS MATERIALIZED (SELECT * FROM " + charges + "),"
                + " limited AS MATERIALIZED (SELECT * FROM charge WHERE most < 'infinity'),"
                + " charged AS (INSERT INTO " + table + " AS present (day, scope, owner, kind, used)"
                + " SELECT day, scope, owner, kind, amount FROM charge WHERE amount <> 0 AND amount <= most"
                + " ORDER BY day, scope, owner, kind"
                + " ON CONFLICT (day, scope, owner, kind) DO UPDATE SET used = present.used + excluded.used"
                + " WHERE present.used + excluded.used <= coalesce((SELECT most FROM limited"
                + " WHERE (limited.day, limited.scope, limited.owner, limited.kind)"
                + " = (excluded.day, excluded.scope, excluded.owner, excluded.kind)), 'infinity')"
                + " RETURNING day, scope, owner, kind, used)"
                + " SELECT charge.position, charged.used FROM charge JOIN charged USING (day, scope, owner, kind)";
        usedSql = "SELECT charge.position, present.used FROM " + charges + " JOIN " + table
                + " AS present USING (day, scope, owner, kind)";
    }

    @Override
    public List<Balance> charge(List<Charge> charges, CallContext context) {
        if (charges.isEmpty()) {
            return List.of();
        }
        var rows = new ChargeRows(charges);
        var oldest = charges.getFirst().day().minusDays(RETENTION_DAYS);
        var charged = sql.run(chargeSql, context, PostgresQuotas::usages, rows.withCleanup(oldest));
        var used = charged.size() == charges.size()
                ? charged
                : sql.run(usedSql, context, PostgresQuotas::usages, rows.values());
        var balances = new ArrayList<Balance>();
        for (int i = 0; i < charges.size(); i++) {
            balances.add(balance(charges.get(i), charged.get(i), used.getOrDefault(i, 0.0)));
        }
        return balances;
    }

    /** A charge of nothing is made without a row. */
    private static Balance balance(Charge charge, @Nullable Double charged, double used) {
        return charged == null
                ? new Balance(charge.amount() == 0 && used <= charge.limit(), used)
                : new Balance(true, charged);
    }

    private static Map<Integer, Double> usages(ResultSet rows) throws SQLException {
        var usages = new HashMap<Integer, Double>();
        while (rows.next()) {
            usages.put(rows.getInt(1) - 1, rows.getDouble(2));
        }
        return usages;
    }
}
