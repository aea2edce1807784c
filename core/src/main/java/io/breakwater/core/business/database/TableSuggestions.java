package io.breakwater.core.business.database;

import io.breakwater.port.driven.TableCatalog.TableName;
import io.breakwater.port.support.EditDistance;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Suggests tables for a name that does not exist: those whose name, with or without the schema, differs in few letters,
 * and those whose name contains the text or is part of it.
 */
final class TableSuggestions {
    private static final int MAX_LENGTH = 130;
    private static final int MIN_PART_LENGTH = 3;

    private TableSuggestions() {}

    /** Returns at most {@code most} similar tables that are permitted, as SQL names, the most similar first. */
    static List<String> to(String written, List<TableName> tables, Predicate<TableName> permitted, int most) {
        var wanted = written.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        if (wanted.length() > MAX_LENGTH) {
            return List.of();
        }
        record Candidate(TableName table, String name, int distance) {}
        return tables.stream()
                .map(table -> new Candidate(table, SqlName.of(table), distance(wanted, table)))
                .filter(candidate -> candidate.distance() <= maxDistance(wanted))
                .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .filter(candidate -> permitted.test(candidate.table()))
                .limit(most)
                .map(Candidate::name)
                .toList();
    }

    private static int maxDistance(String wanted) {
        return Math.max(2, withoutSchema(wanted).length() / 3);
    }

    private static String withoutSchema(String wanted) {
        return wanted.substring(wanted.lastIndexOf('.') + 1);
    }

    /**
     * Returns the distance of a table's name from the text. A different schema counts as one mistake, whatever its
     * spelling; a name that contains the other has the largest tolerated distance.
     */
    private static int distance(String wanted, TableName table) {
        var name = table.name().toLowerCase(Locale.ROOT);
        var qualified = table.schema().toLowerCase(Locale.ROOT) + "." + name;
        var withoutSchema = withoutSchema(wanted);
        int schema = withoutSchema.equals(wanted) ? 0 : 1;
        int least =
                Math.min(EditDistance.between(wanted, qualified), EditDistance.between(withoutSchema, name) + schema);
        return contains(withoutSchema, name) ? Math.min(least, maxDistance(wanted)) : least;
    }

    private static boolean contains(String one, String other) {
        return Math.min(one.length(), other.length()) >= MIN_PART_LENGTH
                && (one.contains(other) || other.contains(one));
    }
}
