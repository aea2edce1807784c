package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page shows the matrix that the tests measure; with {@code -Dbreakwater.docs=write} it is written anew. */
class MatrixPageTest {
    private static final Path PAGE = Path.of("..", "docs", "database.md");
    private static final String BEGIN = "<!-- matrix: written by MatrixPageTest -->\n";
    private static final String END = "<!-- end of the matrix -->";

    @Test
    void thePageShowsTheMatrix() throws IOException {
        var page = Files.readString(PAGE);
        var expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));

        if ("write".equals(System.getProperty("breakwater.docs"))) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(expected);
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

    private static String shown(Verdict verdict) {
        return verdict == Verdict.STOPS ? "**stops**" : verdict.toString();
    }
}
