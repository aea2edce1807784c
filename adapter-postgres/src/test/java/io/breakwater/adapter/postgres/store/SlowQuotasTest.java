package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.PortException;
import io.breakwater.port.driven.QuotaStore;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.port.driven.QuotaStore.Charge;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store that is there, and slow. */
@Tag("server")
class SlowQuotasTest {
    private static final Account ANN = new Account(Scope.PRINCIPAL, "ann", Kind.COST);
    private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();

    @RegisterExtension
    final Stores stores = new Stores(server);

    @Test
    @CoversOutage("quotas: store frozen or locked")
    void aLockedTableDelaysAChargeOnlyUntilItsDeadline() throws SQLException {
        var quotas = stores.open(stores.settings(database)).quotas();
        charge(quotas, 1, ManualCallContext.unhurried());
        try (var owner = server.connect(database, "postgres")) {
            lock(owner);
            long began = System.nanoTime();

            assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                    .isThrownBy(() -> charge(quotas, 9, ManualCallContext.within(Duration.ofMillis(300))));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            owner.rollback();
        }
        assertThat(charge(quotas, 4, ManualCallContext.unhurried()))
                .as("the nine were not charged")
                .isEqualTo(new Balance(true, 5));
    }

    private static void lock(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        try (var statement = owner.createStatement()) {
            statement.execute("LOCK TABLE breakwater.quotas IN ACCESS EXCLUSIVE MODE");
        }
    }

    private static Balance charge(QuotaStore quotas, double amount, ManualCallContext scope) {
        return quotas.charge(List.of(new Charge(ANN, MONDAY, amount, 10)), scope)
                .getFirst();
    }
}
