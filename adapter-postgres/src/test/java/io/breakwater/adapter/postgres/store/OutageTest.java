package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.postgres.PostgresServer;
import io.breakwater.sample.postgres.Relay;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("server")
class OutageTest {
    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();
    private final Relay relay = Relay.to(server.port());
    private final ManualCallContext scope = ManualCallContext.unhurried();

    @RegisterExtension
    final Stores stores = new Stores(server);

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    @CoversOutage("users and documents: store down or frozen")
    void startsWithoutAServerAndIsReadyOnceThereIsOne() {
        relay.cut();
        var store = stores.open(settings());

        isAway(store);

        relay.mend();
        isReadyInTheEnd(store);
        assertThat(store.users().create("Anna", "anna@example.com", scope).id()).isPositive();
    }

    @Test
    @CoversOutage("users and documents: store down or frozen")
    void isReadyInTheEndByItselfAfterAnOutage() {
        var store = stores.open(settings());
        isReadyInTheEnd(store);
        var anna = store.users().create("Anna", "anna@example.com", scope);

        relay.cut();
        isAway(store);

        relay.mend();
        isReadyInTheEnd(store);
        assertThat(store.users().find(anna.id(), scope)).contains(anna);
    }

    @Test
    void staysReadyWhenACheckFailsWhileCallsSucceed() {
        var slowToRetry = settings().withRetryAfter(Duration.ofHours(1));
        try (var log = CapturedLog.ofDetails(SchemaMaintainer.class);
                var maintainer = SchemaMaintainer.of(slowToRetry, SettingNames.JAVA, new CheckSignal())) {
            Eventually.holds(() -> log.count("is ready") == 1);

            relay.freeze();
            maintainer.recheck();
            maintainer.onCallSucceeded();
            relay.cut();

            log.await("could not be checked, but answers calls");
            maintainer.await(scope);
            assertThat(maintainer.problem()).isNull();
        }
    }

    @Test
    void requestsAHealthCheckWhenItGoesAwayAndWhenItIsBack() {
        var store = stores.open(settings());
        isReadyInTheEnd(store);
        var checks = new Semaphore(0);
        store.dependency(Dependency.Need.REQUIRED).signal().subscribe(checks::release);

        relay.cut();
        isAway(store);
        Eventually.holds(checks::tryAcquire);

        relay.mend();
        Eventually.holds(checks::tryAcquire);
        isReadyInTheEnd(store);
    }

    @Test
    void createsItsTablesAgainAfterTheyWereLostInAnOutage() {
        var store = stores.open(settings());
        isReadyInTheEnd(store);
        store.users().create("Anna", "anna@example.com", scope);
        relay.cut();
        isAway(store);
        server.execute(database, "DROP SCHEMA breakwater CASCADE");

        relay.mend();
        isReadyInTheEnd(store);

        assertThat(store.users().listAfter(0, 10, scope)).isEmpty();
    }

    @Test
    @CoversOutage("users and documents: store down or frozen")
    void letsACallGoInTimeThatAFrozenServerNeverAnswers() {
        var store = stores.open(settings());
        isReadyInTheEnd(store);
        relay.freeze();

        assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                .isThrownBy(() -> store.users().find(1, ManualCallContext.within(Duration.ofMillis(200))));

        relay.mend();
        isReadyInTheEnd(store);
    }

    @Test
    void aCallThatIsCancelledWaitsForNoFrozenServer() {
        var store = stores.open(settings());
        isReadyInTheEnd(store);
        relay.freeze();
        var unwanted = ManualCallContext.unhurried();
        unwanted.cancel();

        assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                .isThrownBy(() -> store.users().find(1, unwanted));
    }

    @Test
    void aCallThatWaitsForTheFirstAttemptIsLetGoWhenTheStoreIsClosed() {
        relay.freeze();
        var patient = new PoolSettings(0, 4, Duration.ofMinutes(10), Duration.ZERO);
        var store = stores.open(settings().withPool(patient));
        var call = new FutureTask<>(() -> store.users().find(1, scope));
        var caller = Thread.startVirtualThread(call);
        while (caller.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        Thread.startVirtualThread(store::close);

        assertThat(call)
                .failsWithin(Eventually.LIMIT)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(PortException.UnavailableException.class);
    }

    @Test
    void theHealthProbeSaysHowItIs() throws Exception {
        var store = stores.open(settings());
        var dependency = store.dependency(Dependency.Need.OPTIONAL);
        assertThat(dependency.name()).isEqualTo("store");
        isReadyInTheEnd(store);

        dependency.probe().probe(scope);

        relay.cut();
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> dependency.probe().probe(scope));
    }

    private StoreSettings settings() {
        var url = "postgresql://postgres:hunter2@127.0.0.1:" + relay.port() + "/" + database;
        return StoreSettings.forUrl(ConnectionString.of(url))
                .withPool(new PoolSettings(0, 4, Duration.ofSeconds(1), Duration.ZERO))
                .withRetryAfter(Duration.ofMillis(20));
    }

    private void isAway(PostgresStore store) {
        assertThatExceptionOfType(PortException.UnavailableException.class)
                .isThrownBy(() -> store.users().find(1, scope))
                .satisfies(e -> {
                    assertThat(e.retryAfter()).isPositive();
                    assertThat(e.getMessage()).doesNotContain("hunter2", "127.0.0.1", database);
                });
    }

    private void isReadyInTheEnd(PostgresStore store) {
        for (boolean back = false; !back; ) {
            try {
                back = store.users().find(1, scope) != null;
            } catch (PortException.UnavailableException e) {
                Thread.onSpinWait();
            }
        }
    }
}
