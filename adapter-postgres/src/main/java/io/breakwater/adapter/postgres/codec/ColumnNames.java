package io.breakwater.adapter.postgres.codec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes the names of columns usable as members of a JSON object: not empty, and unique. */
final class ColumnNames {
    private ColumnNames() {}

    /**
     * Returns unique names. The second {@code id} becomes {@code id_2} if no column has that name, and the third column
     * becomes {@code column_3} if it has no name.
     */
    static List<String> unique(List<String> names) {
        var taken = new HashSet<>(names);
        var used = new HashSet<String>();
        var unique = new ArrayList<String>();
        for (var name : names) {
            var wanted = name.isEmpty() ? "column_" + (unique.size() + 1) : name;
            unique.add(used.add(wanted) ? wanted : appendNumber(wanted, taken, used));
        }
        return unique;
    }

    private static String appendNumber(String name, Set<String> taken, Set<String> used) {
        int number = 2;
        while (taken.contains(name + "_" + number) || !used.add(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }
}
