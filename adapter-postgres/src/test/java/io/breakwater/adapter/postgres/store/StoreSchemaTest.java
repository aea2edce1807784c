package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.QuotaStore.Account;
import io.breakwater.port.driven.QuotaStore.Balance;
import io.breakwater.port.driven.QuotaStore.Charge;
import io.breakwater.port.driven.QuotaStore.Kind;
import io.breakwater.port.driven.QuotaStore.Scope;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("server")
class StoreSchemaTest {
    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final CallContext scope = ManualCallContext.unhurried();

    @RegisterExtension
    final Stores stores = new Stores(server);

    @Test
    void replicasThatStartTogetherMigrateOnce() throws SQLException {
        var replicas = IntStream.range(0, 4)
                .mapToObj(i -> stores.open(stores.settings(database)))
                .toList();

        var first = replicas.getFirst().users().create("Anna", "anna@example.com", scope);

        assertThat(replicas)
                .allSatisfy(replica ->
                        assertThat(replica.users().find(first.id(), scope)).contains(first));
        assertThat(server.number(database, "SELECT count(*) FROM breakwater.schema_history WHERE version = '1'"))
                .isEqualTo(1);
    }

    @Test
    void keepsWhatThereIsWhenItStartsAgain() {
        var before = stores.open(stores.settings(database));
        var anna = before.users().create("Anna", "anna@example.com", scope);
        before.close();

        var after = stores.open(stores.settings(database));

        assertThat(after.users().find(anna.id(), scope)).contains(anna);
    }

    @Test
    void bringsAStoreOfAnOlderProgramUpToDate() throws SQLException {
        ready(stores.settings(database));
        server.execute(
                database,
                "DROP TABLE breakwater.accounts, breakwater.login_failures, breakwater.revocation_version,"
                        + " breakwater.revocations, breakwater.idempotency, breakwater.quotas,"
                        + " breakwater.audit_checkpoints, breakwater.orders",
                "INSERT INTO breakwater.budgets VALUES (current_date, 'db/shop', 'ann', 3), (current_date, 'db/other',"
                        + " 'ann', 4)",
                "DELETE FROM breakwater.schema_history WHERE version::int >= 3");

        ready(stores.settings(database));

        assertThat(server.number(database, "SELECT count(*) FROM breakwater.accounts"))
                .isZero();
        assertThat(server.number(database, "SELECT count(*) FROM breakwater.schema_history WHERE version >= '3'"))
                .isEqualTo(5);
        assertThat(server.number(database, "SELECT used FROM breakwater.quotas WHERE owner = 'ann' AND kind = 'cost'"))
                .as("the budget of the day")
                .isEqualTo(7);
    }

    @Test
    void otherRolesCannotReadIt() throws SQLException {
        ready(stores.settings(database));
        server.execute(database, "CREATE ROLE stranger_" + database + " LOGIN");

        try (var stranger = server.connect(database, "stranger_" + database);
                var statement = stranger.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT * FROM breakwater.users"))
                    .withMessageContaining("permission denied for schema breakwater");
        }
    }

    @Test
    @CoversOutage("store schema: store migrated by a newer server")
    void refusesAStoreThatANewerProgramMade() {
        ready(stores.settings(database));
        server.execute(
                database,
                "INSERT INTO breakwater.schema_history SELECT installed_rank + 1, '99', 'of tomorrow', type, 'V99__x.sql',"
                        + " 1, installed_by, installed_on, 1, true FROM breakwater.schema_history WHERE version = '7'");

        assertThat(refusal(stores.settings(database)))
                .isEqualTo(
                        "A newer version of Breakwater created the store's schema breakwater: it has version 99, and this"
                                + " server supports version 7. Update this server, or set another schema in"
                                + " StoreSettings.schema.");
    }

    @Test
    @CoversOutage("store schema: store migrated by a newer server")
    void refusesASchemaWhoseMigrationsWereOthers() {
        ready(stores.settings(database));
        server.execute(database, "UPDATE breakwater.schema_history SET checksum = 1 WHERE version = '1'");

        assertThat(refusal(stores.settings(database))).contains("does not match its migrations");
    }

    @Test
    void livesInTheSchemaItIsGiven() throws SQLException {
        ready(stores.settings(database).withSchema("elsewhere"));

        assertThat(server.number(database, "SELECT count(*) FROM elsewhere.users"))
                .isZero();
        assertThat(server.number(database, "SELECT count(*) FROM pg_namespace WHERE nspname = 'breakwater'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "user", "all", "select"})
    void livesInASchemaThatIsNamedLikeAWordOfSql(String word) throws SQLException {
        var store = stores.open(stores.settings(database).withSchema(word));

        store.users().create("Anna", "anna@example.com", scope);
        store.documents().save("note", new Json.Raw("{}".getBytes(StandardCharsets.UTF_8)), scope);
        var account = new Account(Scope.PRINCIPAL, "ann", Kind.CALLS);

        assertThat(store.quotas().charge(List.of(new Charge(account, LocalDate.of(2026, 3, 2), 1, 10)), scope))
                .containsExactly(new Balance(true, 1));
        assertThat(server.number(
                        database,
                        "SELECT (SELECT count(*) FROM \"%1$s\".users) + (SELECT count(*) FROM \"%1$s\".documents)"
                                .formatted(word)))
                .isEqualTo(2);
    }

    @Test
    void needsOnlyASchemaThatItsRoleOwns() {
        server.execute(
                database,
                "CREATE ROLE owner_" + database + " LOGIN",
                "CREATE SCHEMA breakwater AUTHORIZATION owner_" + database);

        var users = stores.open(as("owner_" + database)).users();
        var anna = users.create("Anna", "anna@example.com", scope);

        assertThat(users.find(anna.id(), scope)).contains(anna);
    }

    @Test
    void saysWhatARoleLacksThatMayNotMakeIt() {
        server.execute(database, "CREATE ROLE nobody_" + database + " LOGIN");

        assertThat(refusal(as("nobody_" + database)))
                .contains("may not create its schema (SQLSTATE 42501)")
                .doesNotContain("nobody_");
    }

    private StoreSettings as(String role) {
        return StoreSettings.forUrl(ConnectionString.of(server.url(database, role)));
    }

    private void ready(StoreSettings settings) {
        assertThat(stores.open(settings).users().listAfter(0, 1, scope)).isEmpty();
    }

    private String refusal(StoreSettings settings) {
        var store = stores.open(settings);
        var thrown = catchThrowableOfType(
                PortException.UnavailableException.class, () -> store.users().find(1, scope));
        assertThat(thrown.retryAfter()).isPositive();
        return String.valueOf(thrown.getMessage());
    }
}
