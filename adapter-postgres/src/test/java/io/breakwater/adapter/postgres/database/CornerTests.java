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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus where databases, roles and guards are not as usual: a {@link Share} of it in each corner.
 */
@Tag("server")
abstract class CornerTests {
    abstract PostgresServer server();

    /** The corners to try on this server. */
    abstract List<Corner> corners();

    @TestFactory
    Stream<DynamicTest> isRefusedOrHarmless(@TempDir Path folder) {
        return corners().stream().map(corner -> dynamicTest(corner.name(), () -> check(corner, folder)));
    }

    private void check(Corner corner, Path folder) throws SQLException, IOException {
        var harm = new ArrayList<String>();
        var attacks = Share.of(Attack.all(), corner.name());
        assertThat(attacks).isNotEmpty();
        var own = Files.createTempDirectory(folder, "corner-");
        try (var stage = new AttackStage(server(), own, corner);
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
}
