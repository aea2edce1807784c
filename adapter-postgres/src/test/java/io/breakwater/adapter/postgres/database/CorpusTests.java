package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole corpus against a guarded database that is only to be read, in every way that it can be asked: all is refused
 * or harmless, nothing is changed, told or left behind. Once with a login as it should be, and once with a superuser's,
 * where only our own layers stand.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CorpusTests {
    private static final List<String> ROLES = List.of(Databases.READER, "postgres");

    /** Long enough that nothing fails by chance, short enough for work without end. */
    private static final Map<AttackClass.Kind, Duration> TIMES = Map.of(AttackClass.Kind.COSTS, Duration.ofMillis(500));

    private final Map<String, Target> targets = new HashMap<>();
    private Stage stage;
    private Set<String> facts;

    abstract PostgresServer server();

    @BeforeAll
    void build(@TempDir Path folder) throws SQLException, IOException {
        stage = new Stage(server(), folder);
        facts = stage.facts();
    }

    @AfterAll
    void close() throws SQLException {
        targets.values().forEach(Target::close);
        stage.close();
    }

    @TestFactory
    Stream<DynamicNode> isRefusedOrHarmless() {
        return ROLES.stream()
                .map(role -> dynamicContainer(
                        role,
                        Attack.all().stream()
                                .map(attack -> dynamicTest(
                                        attack.sort().name() + ": " + attack.title(), () -> check(role, attack)))));
    }

    private void check(String role, Attack attack) throws SQLException, IOException {
        var target = target(role, attack.sort());
        for (var way : Target.Way.values()) {
            var outcome =
                    target.ask(way, attack.texts().stream().map(stage::aimed).toList());
            if (way != Target.Way.EXPLAIN && !attack.harmless()) {
                assertThat(outcome.failures()).as("failures of %s", way).isNotEmpty();
            }
            assertThat(outcome.said()).as("words of %s", way).doesNotContain(Stage.SECRET);
            assertThat(outcome.answers()).as("answers of %s", way).doesNotContain("reached");
            assertThat(Stage.difference(facts, stage.facts()))
                    .as("changes by %s", way)
                    .isEmpty();
            assertThat(Stage.difference(target.fresh(), target.session()))
                    .as("what %s left in the session", way)
                    .isEmpty();
        }
    }

    /** With a pool of one connection, so that each statement finds what the one before left. */
    private Target target(String role, AttackClass sort) {
        var time = TIMES.getOrDefault(sort.kind(), Duration.ofSeconds(10));
        boolean superuserSeesStore = sort.name().equals("store") && role.equals("postgres");
        return targets.computeIfAbsent(role + time + superuserSeesStore, key -> {
            var settings = stage.settings(role)
                    .withPool(PoolSettings.of(1, 1))
                    .withAllowedFunctions("public.canary_session")
                    .withLimits(new DatabaseSettings.Limits(time, Duration.ofMillis(500), 4 << 20));
            return new Target(superuserSeesStore ? settings.withStoreSchema("store") : settings);
        });
    }
}
