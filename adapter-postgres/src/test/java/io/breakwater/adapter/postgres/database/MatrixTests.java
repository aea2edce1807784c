package io.breakwater.adapter.postgres.database;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each layer of the guard, alone, against a {@link Share} of the corpus on a real server: what the matrix says is what
 * they did. An attack only counts because it has its effect where nothing stands.
 */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MatrixTests {
    private final Matrix expected = Matrix.expected();

    private AttackStage stage;

    abstract PostgresServer server();

    @BeforeAll
    void build(@TempDir Path folder) throws SQLException, IOException {
        stage = new AttackStage(server(), folder);
    }

    @AfterAll
    void close() throws SQLException {
        stage.close();
    }

    @TestFactory
    Stream<DynamicNode> eachLayerAlone() {
        var visible = Attack.all().stream().filter(Attack::visible).toList();
        Map<AttackClass, List<Attack>> attacks = Share.of(visible, getClass().getSimpleName()).stream()
                .collect(groupingBy(Attack::sort, LinkedHashMap::new, toList()));
        return attacks.entrySet().stream()
                .map(entry -> dynamicContainer(
                        entry.getKey().title(),
                        Stream.of(Layer.values())
                                .map(layer -> dynamicTest(
                                        layer.title(), () -> check(entry.getKey(), layer, entry.getValue())))));
    }

    private void check(AttackClass sort, Layer layer, List<Attack> attacks) throws SQLException, IOException {
        var trial = new LayerTrial(stage);
        var stopped = new ArrayList<String>();
        var hits = new ArrayList<String>();
        for (var attack : attacks) {
            var effects = trial.effects(attack, layer);
            (effects.isEmpty() ? stopped : hits).add(attack.title() + effects);
        }
        if (layer == Layer.NONE) {
            assertThat(stopped).as("attacks that do nothing").isEmpty();
        } else {
            assertThat(LayerVerdict.of(hits.size(), attacks.size()))
                    .as("stopped: %s%nnot stopped: %s", stopped, hits)
                    .matches(measured -> measured.agreesWith(expected.verdict(sort, layer), Share.isWhole()));
        }
    }
}
