package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attack hits is as it was before the next attack. */
@Tag("server")
class AttackStageTest {
    private AttackStage stage;
    private String database;

    @BeforeEach
    void build(@TempDir Path folder) throws SQLException, IOException {
        stage = new AttackStage(PostgresServer.newest(), folder);
        database = stage.aimed("{database}");
    }

    @AfterEach
    void close() throws SQLException {
        stage.close();
    }

    @Test
    void rowsArePutBackInTheSameDatabase() throws SQLException, IOException {
        hit("DELETE FROM item");

        stage.restore();

        assertThat(stage.aimed("{database}")).isEqualTo(database);
        assertThat(items()).hasSize(2);
    }

    @Test
    void moreThanThatTakesANewDatabase() throws SQLException, IOException {
        hit("CREATE TABLE loot AS SELECT 1 AS id");

        stage.restore();

        assertThat(stage.aimed("{database}")).isNotEqualTo(database);
        assertThat(stage.facts()).noneMatch(fact -> fact.contains("loot"));
        assertThat(items()).hasSize(2);
    }

    private void hit(String sql) throws SQLException {
        try (var connection = stage.login("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> items() throws SQLException, IOException {
        return stage.facts().stream().filter(fact -> fact.startsWith("item ")).toList();
    }
}
