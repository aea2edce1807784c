package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.LoginFailures.Counter;
import io.breakwater.port.driven.RevocationStore.Revocation;
import io.breakwater.port.driven.RevocationStore.TokenName;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What concurrent transactions and old rows do to revocations and to counters of failed logins. */
@Tag("server")
class RevocationOrderTest {
    private static final int MANY = 1_000;

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final ManualCallContext scope = ManualCallContext.unhurried();
    private final Instant later = Instant.now().plus(Duration.ofHours(1));

    @RegisterExtension
    final Stores stores = new Stores(server);

    /** Otherwise a reader could see the later revocation first, and would never ask for the earlier one. */
    @Test
    void aRevocationWaitsForAnEarlierOneThatIsNotCommitted() throws SQLException {
        var revocations = stores.open(stores.settings(database)).revocations();
        revocations.revoke(new TokenName("here", "first"), later, scope);
        try (var other = server.connect(database, "postgres");
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("UPDATE breakwater.revocation_version SET version = version + 1");

            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> revocations.revoke(
                            new TokenName("here", "second"), later, ManualCallContext.within(Duration.ofMillis(300))));
            other.rollback();
        }
        assertThat(revocations.changesSince(0, 10, scope))
                .extracting(Revocation::token)
                .containsExactly(new TokenName("here", "first"));
    }

    @Test
    void aRevocationDeletesAFewExpiredOnes() throws SQLException {
        var revocations = stores.open(stores.settings(database)).revocations();
        revocations.revoke(new TokenName("here", "valid"), later, scope);
        server.execute(
                database,
                "INSERT INTO breakwater.revocations (issuer, token_id, expires_at, version)"
                        + " SELECT 'here', n, now() - interval '2 hours', 1000 + n FROM generate_series(1, " + MANY
                        + ") AS n");

        revocations.revoke(new TokenName("here", "1"), later, scope);

        assertThat(server.number(database, "SELECT count(*) FROM breakwater.revocations"))
                .isBetween(MANY + 1L - PostgresRevocations.MAX_CLEANUP, MANY + 2L - PostgresRevocations.MAX_CLEANUP);
        assertThat(server.number(
                        database,
                        "SELECT count(*) FROM breakwater.revocations WHERE token_id IN ('1', 'valid')"
                                + " AND expires_at > now()"))
                .isEqualTo(2);
    }

    @Test
    void aFirstFailureDeletesAFewOldCounters() throws SQLException {
        var failures = stores.open(stores.settings(database)).loginFailures();
        assertThat(failures.find("ann", scope)).isEqualTo(Counter.NONE);
        server.execute(
                database,
                "INSERT INTO breakwater.login_failures SELECT 'key ' || n, 1, now() - interval '25 hours'"
                        + " FROM generate_series(1, " + MANY + ") AS n");

        assertThat(failures.replace("ann", Counter.NONE, Counter.NONE.plusOne(Instant.now()), scope))
                .isTrue();

        assertThat(server.number(database, "SELECT count(*) FROM breakwater.login_failures"))
                .isEqualTo(MANY + 1 - PostgresLoginFailures.MAX_CLEANUP);
    }
}
