package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.Sanitizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Formats rows of text in columns; the last column has no fixed width. Control characters are escaped. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    TextTable row(String... cells) {
        rows.add(Arrays.stream(cells).map(Sanitizer::line).toList());
        return this;
    }

    String text() {
        var out = new StringBuilder();
        for (var row : rows) {
            for (int column = 0; column < row.size() - 1; column++) {
                var cell = row.get(column);
                out.append(cell)
                        .append(" ".repeat(width(column) - cell.length()))
                        .append(GAP);
            }
            out.append(row.getLast()).append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
