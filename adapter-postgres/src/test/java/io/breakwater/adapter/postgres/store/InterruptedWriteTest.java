package io.breakwater.adapter.postgres.store;

import static io.breakwater.port.contract.SampleKeys.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.PortException.IdempotencyException.Problem;
import io.breakwater.port.driven.IdempotencyStore.Claim;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.driven.UserStore.User;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.FrontendMessage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a repeated write finds after the first one was interrupted at each of its points. */
@Tag("server")
class InterruptedWriteTest {
    private static final String USERS = "SELECT count(*) FROM breakwater.users";
    private static final String KEYS = "SELECT count(*) FROM breakwater.idempotency";

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final AtomicBoolean holdsCommit = new AtomicBoolean();
    private final Relay relay = Relay.to(server.port(), (connection, message) -> onMessage(message));
    private final IdempotencyKey key = key("first", "{}");

    @RegisterExtension
    final Stores stores = new Stores(server);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    @CoversOutage("exactly-once writes: store lost during the commit")
    void anEffectWhoseServerProcessEndsBeforeTheCommitDidNotHappen() throws SQLException {
        var users = ready(stores.open(stores.settings(database)));
        server.execute(database, """
                CREATE FUNCTION breakwater.die() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$""", """
                CREATE CONSTRAINT TRIGGER die AFTER INSERT ON breakwater.idempotency
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION breakwater.die()""");

        unconfirmed(() -> create(users));

        assertThat(server.number(database, USERS)).isZero();
        server.execute(database, "DROP TRIGGER die ON breakwater.idempotency");
        assertThat(eventually(users).name()).isEqualTo("Anna");
        assertThat(server.number(database, USERS)).isEqualTo(1);
    }

    @Test
    @CoversOutage("exactly-once writes: store lost during the commit")
    void aCommitWhoseConfirmationIsLostIsFoundByTheRepeatedWrite() throws Exception {
        var settings = stores.settings(database);
        var users = ready(stores.open(new StoreSettings(
                ConnectionString.of(
                        "postgresql://postgres@127.0.0.1:" + relay.port() + "/" + database + "?sslmode=disable"),
                settings.schema(),
                settings.pool(),
                Duration.ofMillis(50))));
        holdsCommit.set(true);
        var first = CompletableFuture.supplyAsync(() -> create(users), Thread::startVirtualThread);

        Eventually.holds(() -> server.number(database, KEYS) == 1);
        relay.cut();

        assertThat(first)
                .failsWithin(Eventually.LIMIT)
                .withThrowableThat()
                .havingCause()
                .satisfies(InterruptedWriteTest::isUnconfirmed);
        relay.mend();
        var repeated = eventually(users);
        assertThat(repeated.id()).isEqualTo(server.number(database, "SELECT id FROM breakwater.users"));
        assertThat(server.number(database, USERS)).isEqualTo(1);
    }

    @Test
    void aCallIsInProgressWhileItsEffectWaits() throws Exception {
        var store = stores.open(stores.settings(database));
        var users = ready(store);
        try (var other = server.connect(database, "postgres");
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE breakwater.users IN EXCLUSIVE MODE");
            var first = CompletableFuture.supplyAsync(() -> create(users), Thread::startVirtualThread);
            Eventually.holds(() ->
                    server.number(database, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
                            == 1);

            assertThatExceptionOfType(IdempotencyException.class)
                    .isThrownBy(() -> create(users))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.IN_PROGRESS));
            assertThat(find(store, key)).get().isInstanceOf(Claim.InProgress.class);
            assertThat(find(store, key("second", "{}"))).isEmpty();

            other.rollback();
            assertThat(first).succeedsWithin(Eventually.LIMIT).isEqualTo(create(users));
        }
    }

    @Test
    @CoversOutage("exactly-once writes: process killed during the effect")
    void aKeyIsFreeAfterItsServerProcessWasKilledInTheEffect() throws Exception {
        var users = ready(stores.open(stores.settings(database)));
        try (var other = server.connect(database, "postgres");
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE breakwater.users IN EXCLUSIVE MODE");
            var first = CompletableFuture.supplyAsync(() -> create(users), Thread::startVirtualThread);
            Eventually.holds(() -> server.number(database, """
                    SELECT count(pg_terminate_backend(pid)) FROM pg_locks
                    WHERE locktype = 'advisory' AND granted""") == 1);

            assertThat(first).failsWithin(Eventually.LIMIT);
            other.rollback();
        }
        assertThat(eventually(users).name()).isEqualTo("Anna");
        assertThat(server.number(database, USERS)).isEqualTo(1);
    }

    @Test
    void expiredKeysAreDeletedInBatches() throws SQLException {
        var users = ready(stores.open(stores.settings(database)));
        server.execute(database, """
                INSERT INTO breakwater.idempotency (key, tool, fingerprint, finished, expires_at)
                SELECT int8send(i), 'old', '', true, now() - interval '1 second' FROM generate_series(1, 100) i""");

        users.create("Anna", "anna@example.com", ManualCallContext.writing(key));

        assertThat(server.number(database, KEYS)).isEqualTo(100 - IdempotencyTable.MAX_CLEANUP + 1);
        for (int i = 0; i < 5; i++) {
            users.create("User", i + "@example.com", ManualCallContext.writing(key("key " + i, "{}")));
        }
        assertThat(server.number(database, KEYS)).isEqualTo(6);
    }

    /** Lets a COMMIT pass, and nothing after it. */
    private void onMessage(FrontendMessage message) {
        boolean commits =
                message.type() == 'P' && new String(message.sql(), StandardCharsets.UTF_8).equalsIgnoreCase("COMMIT");
        if (commits && holdsCommit.compareAndSet(true, false)) {
            relay.freeze();
        }
    }

    private User create(UserStore users) {
        return users.create("Anna", "anna@example.com", ManualCallContext.writing(key));
    }

    private static Optional<Claim.Earlier> find(PostgresStore store, IdempotencyKey wanted) {
        return store.idempotency().find(wanted, ManualCallContext.unhurried());
    }

    private static UserStore ready(PostgresStore store) {
        Eventually.holds(() -> find(store.users()));
        return store.users();
    }

    private static boolean find(UserStore users) {
        try {
            return users.find(1, ManualCallContext.unhurried()).isEmpty();
        } catch (PortException.UnavailableException notYet) {
            return false;
        }
    }

    private User eventually(UserStore users) {
        var created = new CompletableFuture<User>();
        Eventually.holds(() -> {
            var user = attempt(users);
            return user != null && created.complete(user);
        });
        return created.join();
    }

    private @Nullable User attempt(UserStore users) {
        try {
            return create(users);
        } catch (PortException.UnavailableException | IdempotencyException notYet) {
            return null;
        }
    }

    private static void unconfirmed(ThrowingCallable call) {
        assertThatExceptionOfType(IdempotencyException.class)
                .isThrownBy(call)
                .satisfies(InterruptedWriteTest::isUnconfirmed);
    }

    private static void isUnconfirmed(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(IdempotencyException.class, e -> {
            assertThat(e.problem()).isEqualTo(Problem.UNCONFIRMED);
            assertThat(e).hasMessageContaining("Repeat the call with the same idempotency key");
        });
    }
}
