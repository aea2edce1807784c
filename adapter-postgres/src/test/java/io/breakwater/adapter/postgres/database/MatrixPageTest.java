package io.breakwater.adapter.postgres.database;

import io.breakwater.sample.docs.WrittenPart;
import java.io.IOException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page shows the matrix that the tests measure. */
class MatrixPageTest {
    @Test
    void thePageShowsTheMatrix() throws IOException {
        new WrittenPart("database.md", "<!-- matrix: written by MatrixPageTest -->\n", "<!-- end of the matrix -->")
                .assertIs(table());
    }

    private static String table() {
        var matrix = Matrix.expected();
        var titles = Matrix.LAYERS.stream().map(Layer::title).collect(Collectors.joining(" | "));
        var rows = Attack.all().stream()
                .map(Attack::sort)
                .distinct()
                .map(sort -> row(sort, matrix))
                .collect(Collectors.joining());
        return "\n| attacks | " + titles + " |\n|" + "---|".repeat(Matrix.LAYERS.size() + 1) + "\n" + rows + "\n";
    }

    private static String row(AttackClass sort, Matrix matrix) {
        var cells = Matrix.LAYERS.stream()
                .map(layer -> shown(matrix.verdict(sort, layer)))
                .collect(Collectors.joining(" | "));
        return "| " + sort.title() + " | " + cells + " |\n";
    }

    private static String shown(LayerVerdict verdict) {
        return verdict == LayerVerdict.STOPS ? "**stops**" : verdict.toString();
    }
}
