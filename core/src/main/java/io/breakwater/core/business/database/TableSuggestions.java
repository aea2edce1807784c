package io.breakwater.core.business.database;

import io.breakwater.port.driven.TableCatalog.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Guesses which tables somebody meant who named one that is not there: those few letters away from what was written,
 * with the schema or without, and those whose name holds it.
 */
final class TableSuggestions {
    private static final int LONGEST = 130;
    private static final int SHORTEST_PART = 3;

    private TableSuggestions() {}

    /** The nearest of these tables, at most so many, the nearest first, as SQL writes them. */
    static List<String> to(String written, List<TableName> tables, int most) {
        var wanted = written.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        if (wanted.length() > LONGEST) {
            return List.of();
        }
        record Near(String name, int distance) {}
        return tables.stream()
                .map(table -> new Near(SqlName.of(table), distance(wanted, table)))
                .filter(near -> near.distance() <= tolerated(wanted))
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(most)
                .map(Near::name)
                .toList();
    }

    private static int tolerated(String wanted) {
        return Math.max(2, bare(wanted).length() / 3);
    }

    private static String bare(String wanted) {
        return wanted.substring(wanted.lastIndexOf('.') + 1);
    }

    /**
     * Another schema is one mistake, however it is spelt; a name around or inside the other is the last one tolerated.
     */
    private static int distance(String wanted, TableName table) {
        var name = table.name().toLowerCase(Locale.ROOT);
        var whole = table.schema().toLowerCase(Locale.ROOT) + "." + name;
        var bare = bare(wanted);
        int schema = bare.equals(wanted) ? 0 : 1;
        int least = Math.min(between(wanted, whole), between(bare, name) + schema);
        return within(bare, name) ? Math.min(least, tolerated(wanted)) : least;
    }

    private static boolean within(String one, String other) {
        return Math.min(one.length(), other.length()) >= SHORTEST_PART && (one.contains(other) || other.contains(one));
    }

    /** How many letters to add, drop or change (Levenshtein), one row of the table at a time. */
    private static int between(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
