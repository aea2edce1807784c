package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.sample.postgres.PostgresServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("server")
class ReadTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    @Test
    void givesRows() {
        var rows = Queries.rows(databases.open(), "SELECT n AS id, 'row ' || n AS name FROM generate_series(1, 2) n");

        assertThat(Queries.text(rows)).isEqualTo("[{\"id\":1,\"name\":\"row 1\"},{\"id\":2,\"name\":\"row 2\"}]");
        assertThat(rows.count()).isEqualTo(2);
        assertThat(rows.truncated()).isFalse();
        assertThat(rows.repeatable()).isTrue();
    }

    @Test
    void givesNoRowsButTheirColumns() {
        var rows = Queries.rows(databases.open(), "SELECT 1 AS id WHERE false");

        assertThat(Queries.text(rows)).isEqualTo("[]");
        assertThat(rows.columns()).hasSize(1);
    }

    @Test
    void showsAWindow() {
        var database = databases.open();

        var rows =
                Queries.rows(database, new Window(10, 3, 1_000), "SELECT n FROM generate_series(1, 100) n ORDER BY n;");

        assertThat(Queries.text(rows)).isEqualTo("[{\"n\":11},{\"n\":12},{\"n\":13}]");
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.ordered()).isTrue();
    }

    @Test
    void fetchesInPortions() {
        var rows = Queries.rows(databases.open(), "SELECT n FROM generate_series(1, 1000) n");

        assertThat(rows.count()).isEqualTo(1_000);
        assertThat(rows.truncated()).isFalse();
    }

    @Test
    void givesWholeRowsThatFit() {
        var rows =
                Queries.rows(databases.open(), "SELECT n, repeat('x', 1000000) AS t FROM generate_series(1, 1000) n");

        assertThat(rows.count()).isEqualTo(1);
        assertThat(rows.truncated()).isTrue();
    }

    @Test
    void saysThatARowIsTooLarge() {
        var database = databases.open();

        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.rows(database, "SELECT repeat('x', 100000000)"))
                .withMessageContaining("Row 1 alone is larger than the 1048576 bytes");
        assertThat(Queries.json(database, "SELECT 1 AS a")).isEqualTo("[{\"a\":1}]");
    }

    @Test
    void bindsParametersByNumber() {
        var json = Queries.json(
                databases.open(),
                "SELECT $2::int + $1 AS sum, $3::text AS t, $1::int AS again, $4::text AS none",
                Json.of(1),
                Json.of(2),
                Json.of("it's"),
                Json.Null.NULL);

        assertThat(json).isEqualTo("[{\"sum\":3,\"t\":\"it's\",\"again\":1,\"none\":null}]");
    }

    @Test
    void saysWhereAMistakeIs() {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.rows(databases.open(), "SELECT 1,\n $1::int, nowhere", Json.of(1)))
                .withMessageContaining("(SQLSTATE 42703, position 21: nowhere)")
                .extracting(PortException.RefusedException::reason)
                .isEqualTo(PortException.RefusedException.Reason.INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT * FROM \"No Such\".t; position 15: \"No",
                "SELECT nothing.at_all(1); position 8: nothing.at_all",
                "SELECT 1 +* 2; position 10: +",
                "SELECT (1; position 10)"
            })
    void saysAtWhatAMistakeIs(String sql, String fault) {
        assertThatExceptionOfType(PortException.RefusedException.class)
                .isThrownBy(() -> Queries.rows(databases.open(), sql))
                .withMessageContaining(fault);
    }
}
