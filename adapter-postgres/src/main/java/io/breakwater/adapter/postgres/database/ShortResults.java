package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.support.LruMap;
import io.breakwater.port.driven.SqlGateway.Window;
import java.util.Map;

/**
 * Records the queries whose rows all fit into the first portion in their recent runs. These queries run in one message,
 * together with the rollback: a second round trip costs about as much as such a query. After a wrong prediction, the
 * query runs a second time, and is no longer predicted to be short. Thread-safe.
 */
final class ShortResults {
    private static final int MAX_ENTRIES = 1_000;
    private static final int MAX_SQL_LENGTH = 4_000;

    private final Map<String, Boolean> known = LruMap.atMost(MAX_ENTRIES);

    /** Whether the rows of the window are likely to fit into one portion. */
    boolean fitsOnePortion(QueryStep query, Window window) {
        if (query.query().isAmbiguous()) {
            return false;
        }
        if (window.rows() < RowCollector.FIRST_PORTION) {
            return true;
        }
        return known.getOrDefault(sql(query), false);
    }

    /** Records the result of a run. */
    void record(StatementStep step, RowCollector collector) {
        if (step instanceof QueryStep query && sql(query).length() <= MAX_SQL_LENGTH) {
            var before = known.get(sql(query));
            if (before == null || (before && !collector.fitsOnePortion())) {
                known.put(sql(query), collector.fitsOnePortion());
            }
        }
    }

    private static String sql(QueryStep query) {
        return query.query().statement().sql();
    }
}
