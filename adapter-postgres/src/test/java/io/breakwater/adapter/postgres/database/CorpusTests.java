package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A {@link Share} of the corpus against a guarded database that is only to be read, in every way that it can be asked:
 * all is refused or harmless, nothing is changed, told or left behind. Once with a login as it should be, and once with
 * a superuser's, where only our own layers stand.
 */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CorpusTests {
    private static final List<String> ROLES = List.of(Databases.READER, "postgres");

    private AttackStage stage;
    private Corpus corpus;

    abstract PostgresServer server();

    @BeforeAll
    void build(@TempDir Path folder) throws SQLException, IOException {
        stage = new AttackStage(server(), folder);
        corpus = new Corpus(stage, CostGate.OPEN, UnaryOperator.identity());
    }

    @AfterAll
    void close() throws SQLException {
        System.out.println("corpus: " + corpus.summary() + " (" + getClass().getSimpleName() + ")");
        corpus.close();
        stage.close();
    }

    @TestFactory
    Stream<DynamicNode> isRefusedOrHarmless() {
        return ROLES.stream()
                .map(role -> dynamicContainer(
                        role,
                        Share.of(Attack.all(), getClass().getSimpleName() + role).stream()
                                .map(attack -> dynamicTest(
                                        attack.sort().name() + ": " + attack.title(), () -> check(role, attack)))));
    }

    private void check(String role, Attack attack) throws SQLException, IOException {
        assertThat(corpus.harm(role, attack)).as(attack.title()).isEmpty();
    }
}
