package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.LruMap;
import io.breakwater.port.driven.SqlGateway.Window;
import java.util.Map;

/**
 * Which queries had all their rows in the first portion, each time they were run of late. These can be run and undone
 * in one message: a second round trip costs about as much as such a query. If the guess is wrong the query is run a
 * second time, and the guess is not made again. Thread-safe.
 */
final class ShortResults {
    private static final int MOST = 1_000;
    private static final int LONGEST = 4_000;

    private final Map<String, Boolean> known = LruMap.atMost(MOST);

    /** Whether the rows are likely to come in one portion, as far as they are wanted. */
    boolean areKnownShort(QueryStep query, Window window) {
        if (query.query().isAmbiguous()) {
            return false;
        }
        if (window.rows() < RowCollector.FIRST) {
            return true;
        }
        return known.getOrDefault(sql(query), false);
    }

    /** It was run, and this came. */
    void learn(StatementStep step, RowCollector into) {
        if (step instanceof QueryStep query && sql(query).length() <= LONGEST) {
            var before = known.get(sql(query));
            if (before == null || (before && !into.fitsOnePortion())) {
                known.put(sql(query), into.fitsOnePortion());
            }
        }
    }

    private static String sql(QueryStep query) {
        return query.query().statement().sql();
    }
}
