package io.breakwater.adapter.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.AccessMode;
import io.breakwater.port.driven.SqlGateway.CostGate;
import io.breakwater.port.driven.SqlGateway.Window;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.postgres.Transcript;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Counted on the wire. The first call of a kind may take more, since connections are made and looked over. */
@Tag("server")
class RoundTripTest {

    @RegisterExtension
    final Databases databases = new Databases(PostgresServer.newest());

    private final Transcript transcript = new Transcript();
    private final Relay relay = Relay.to(databases.server().port(), transcript);

    @BeforeEach
    void fill() {
        databases.prepare("CREATE TABLE item AS SELECT n AS id, 'item ' || n AS name FROM generate_series(1, 1000) n");
    }

    @AfterEach
    void leave() {
        relay.close();
    }

    private PostgresDatabase open(AccessMode mode) {
        var url = ConnectionString.of("postgresql://postgres@127.0.0.1:" + relay.port() + "/" + databases.name());
        return databases.open(DatabaseSettings.forUrl(url)
                .withMode(mode)
                .withPool(PoolSettings.of(1, 1).withRetireAfter(Duration.ZERO)));
    }

    @Test
    void readsFewRowsInOne() {
        var database = open(AccessMode.READ_ONLY);
        Runnable read = () -> Queries.rows(database, "SELECT id, name FROM item WHERE id = $1", Json.of(7));

        assertThat(roundTrips(read)).isEqualTo(1);
        assertThat(roundTrips(() -> Queries.rows(database, "SELECT id FROM item WHERE id < 200")))
                .isEqualTo(1);
        assertThat(roundTrips(() -> Queries.rows(database, new Window(500, 20, 10_000), "SELECT id FROM item")))
                .isEqualTo(1);
    }

    @Test
    void doesNotGuessAgainThatTheRowsAreFew() {
        var database = open(AccessMode.READ_ONLY);
        var upTo = "SELECT id FROM item WHERE id <= $1";
        assertThat(Queries.rows(database, upTo, Json.of(9)).count()).isEqualTo(9);
        assertThat(Queries.rows(database, upTo, Json.of(999)).count()).isEqualTo(999);

        assertThat(roundTrips(() -> assertThat(
                                Queries.rows(database, upTo, Json.of(9)).count())
                        .isEqualTo(9)))
                .isEqualTo(2);
    }

    @Test
    void asksAgainWhetherTheSessionIsCleanWhenItsAnswerWasLostBehindLargeRows() {
        var database = open(AccessMode.READ_ONLY);
        Runnable read = () -> assertThat(Queries.rows(
                                database,
                                new Window(0, 100, 1 << 20),
                                "SELECT repeat('x', 100000) FROM item WHERE id < $1",
                                Json.of(90))
                        .truncated())
                .isTrue();

        assertThat(roundTrips(read)).isEqualTo(2);
    }

    @Test
    void sendsNothingOfItsOwn() {
        var database = open(AccessMode.READ_ONLY);
        Runnable read = () -> Queries.rows(database, "SELECT id FROM item WHERE id = 7");
        roundTrips(read);
        int before = transcript.executions();
        int parsed = transcript.parses();

        read.run();

        // BEGIN, DECLARE, FETCH; ROLLBACK and the fingerprint of the session; all but one are prepared
        assertThat(transcript.executions() - before).isEqualTo(5);
        assertThat(transcript.parses() - parsed).isEqualTo(1);
    }

    @Test
    void refusesInTwo() {
        var database = open(AccessMode.READ_ONLY);

        assertThat(roundTrips(() -> assertThatExceptionOfType(PortException.RefusedException.class)
                        .isThrownBy(() -> Queries.rows(database, "SELECT nowhere FROM item"))))
                .isEqualTo(2);
        assertThat(roundTrips(() -> assertThatExceptionOfType(PortException.RefusedException.class)
                        .isThrownBy(() -> Queries.rows(database, "DELETE FROM item"))))
                .isZero();
    }

    @Test
    void asksTheGateInOneMore() {
        var database = open(AccessMode.READ_ONLY);
        CostGate gate = estimate -> assertThat(estimate.cost()).isPositive();

        assertThat(roundTrips(() -> database.execute(
                        Queries.sql("SELECT id FROM item WHERE id = 7"),
                        Queries.WINDOW,
                        gate,
                        ManualCallContext.unhurried())))
                .isEqualTo(3);
    }

    @Test
    void changesInThree() {
        var database = open(AccessMode.READ_WRITE);
        Runnable change = () -> Queries.run(
                database,
                ManualCallContext.unhurried(),
                Queries.WINDOW,
                "UPDATE item SET name = $1 WHERE id = 7",
                Json.of("x"));

        // the change, COMMIT, DISCARD ALL
        assertThat(roundTrips(change)).isEqualTo(3);
    }

    @Test
    void fetchesManySmallRowsInFewPortions() {
        var database = open(AccessMode.READ_ONLY);

        assertThat(roundTrips(() -> Queries.rows(database, "SELECT id FROM item")))
                .isEqualTo(3);
    }

    /** Of the second time. */
    private int roundTrips(Runnable call) {
        call.run();
        int before = transcript.roundTrips();
        call.run();
        return transcript.roundTrips() - before;
    }
}
