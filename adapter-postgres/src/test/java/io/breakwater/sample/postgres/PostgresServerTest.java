package io.breakwater.sample.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PostgresServerTest {

    @Test
    void theNewestIs18() throws SQLException {
        assertThat(versionOf(PostgresServer.newest())).isEqualTo(18);
    }

    @Test
    @Tag("debian")
    void theOldestIs15() throws SQLException {
        assertThat(versionOf(PostgresServer.oldest())).isEqualTo(15);
    }

    @Test
    void thereAreThoseBetween() throws SQLException {
        assertThat(versionOf(PostgresServer.older(17))).isEqualTo(17);
        assertThat(versionOf(PostgresServer.older(16))).isEqualTo(16);
    }

    private static int versionOf(PostgresServer server) throws SQLException {
        try (var connection = server.connect(server.newDatabase(), "postgres")) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }
}
