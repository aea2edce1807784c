package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus where databases, roles and guards are not as usual. Each corner takes the tenth of it that its name chooses,
 * so that corners differ in what they try; with {@code breakwater.corpus=all} each takes all of it.
 */
@Timeout(1_800)
abstract class CornerTests {
    private static final boolean ALL = "all".equals(System.getProperty("breakwater.corpus"));
    private static final int SHARE = 10;

    abstract PostgresServer server();

    /** The corners to try on this server. */
    abstract List<Corner> corners();

    @TestFactory
    Stream<DynamicTest> isRefusedOrHarmless(@TempDir Path folder) {
        return corners().stream().map(corner -> dynamicTest(corner.name(), () -> check(corner, folder)));
    }

    private void check(Corner corner, Path folder) throws SQLException, IOException {
        var harm = new ArrayList<String>();
        var attacks = attacks(corner);
        assertThat(attacks).isNotEmpty();
        var own = Files.createTempDirectory(folder, "corner-");
        try (var stage = new Stage(server(), own, corner);
                var corpus = new Corpus(stage, corner.gate(), corner.change())) {
            for (var role : corner.roles()) {
                for (var attack : attacks) {
                    corpus.harm(role, attack).forEach(one -> harm.add(role + ", " + attack.title() + ": " + one));
                }
            }
            System.out.println("corpus: " + corpus.summary() + " (" + corner.name() + ", "
                    + getClass().getSimpleName() + ")");
        }
        assertThat(harm).isEmpty();
    }

    private static List<Attack> attacks(Corner corner) {
        return Attack.all().stream()
                .filter(attack -> ALL || isChosen(corner, attack))
                .toList();
    }

    private static boolean isChosen(Corner corner, Attack attack) {
        return Math.floorMod((corner.name() + attack.sort().name() + attack.title()).hashCode(), SHARE) == 0;
    }
}
