package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.PortException;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.postgres.Transcript;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;

/** The comparison of what is sent finds what a driver makes of a text that it is given to prepare. */
@Tag("server")
class WireComparisonTest {
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";
    private static final String DECLARE = "DECLARE breakwater NO SCROLL CURSOR FOR ";
    private static final String FETCH = ";FETCH FORWARD 21 FROM breakwater";

    private final Transcript transcript = new Transcript();
    private final Relay relay = Relay.to(PostgresServer.newest().port(), transcript);
    private final WireComparison wire = new WireComparison(transcript);
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + relay.port() + "/postgres?prepareThreshold=0", "postgres", "");
        wire.learn(List.of());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        relay.close();
    }

    @Test
    void staysQuietWhereADriverSendsWhatItWasGiven() {
        prepare("SELECT 1 AS a, 'it''s; {fn user()}' AS b");

        assertThat(wire.differences()).isEmpty();
        assertThat(wire.compared()).isEqualTo(3);
    }

    @Test
    void findsAStringThatADriverMadeAFunctionOf() {
        prepare("SELECT 1 AS a\u00a0$x$, 'foo $x${fn right($y$ || ' || $y$,$y$ || ' || $y$)}$y$"
                + " || set_config('application_name','pwned',false) -- $y$'\n/*'*/ AS r");

        assertThat(wire.differences()).first().asString().contains("substring(");
    }

    @Test
    void findsStatementsThatADriverMadeOfAString() {
        prepare("SELECT 1 AS a\u00a0$x$, 'foo $x${fn right($y$ || ' || $y$,$y$ || ' || $y$ {oj a))} a$y$;"
                + " COMMIT; SELECT 1)}'\n/*'*/ AS r");

        assertThat(wire.differences()).anySatisfy(text -> assertThat(text).endsWith(":  COMMIT"));
    }

    @Test
    void findsASimpleQuery() throws SQLException {
        try (var simple = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + relay.port() + "/postgres?preferQueryMode=simple",
                        "postgres",
                        "");
                var statement = simple.createStatement()) {
            wire.learn(List.of());
            statement.execute("SELECT 42");
        }
        wire.compare(List.of("SELECT 42"));

        assertThat(wire.differences()).containsExactly("a simple Query: SELECT 42");
    }

    @Test
    void findsAStatementThatIsKept() throws SQLException {
        try (var statement = connection.prepareStatement("SELECT 42")) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
            statement.execute();
        }
        wire.compare(List.of("SELECT 42"));

        assertThat(wire.differences()).first().asString().isEqualTo("is kept prepared and not ours: SELECT 42");
    }

    @Test
    void soupsFindThatADriverRewrites() throws SQLException {
        for (int seed = 0; seed < 2_000; seed++) {
            prepare(new Soups(new Random(seed)).next());
        }

        var rewritten = wire.differences().stream().filter(text -> text.startsWith("is neither"));
        assertThat(rewritten).hasSizeGreaterThan(9);
    }

    /** As a statement was sent before it travelled verbatim. */
    private void prepare(String text) {
        try (var statement = connection.prepareStatement(BEGIN + DECLARE + text + FETCH)) {
            statement.execute();
        } catch (SQLException expected) {
            // what the server says of it is of no interest
        }
        try {
            wire.compare(List.of(SqlStatement.of(text).sql()));
        } catch (PortException.RefusedException unreadable) {
            wire.compare(List.of());
        }
    }
}
