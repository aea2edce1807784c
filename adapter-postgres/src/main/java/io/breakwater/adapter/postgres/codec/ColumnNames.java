package io.breakwater.adapter.postgres.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of columns as members of an object: none empty, none twice. */
final class ColumnNames {
    private ColumnNames() {}

    /**
     * The second {@code id} becomes {@code id_2}, if no column has that name, and a column without one
     * {@code column_3}.
     */
    static List<String> unique(List<String> names) {
        var taken = new HashSet<>(names);
        var used = new HashSet<String>();
        var unique = new ArrayList<String>();
        for (var name : names) {
            var wanted = name.isEmpty() ? "column_" + (unique.size() + 1) : name;
            unique.add(used.add(wanted) ? wanted : free(wanted, taken, used));
        }
        return unique;
    }

    private static String free(String name, Set<String> taken, Set<String> used) {
        int number = 2;
        while (taken.contains(name + "_" + number) || !used.add(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }
}
