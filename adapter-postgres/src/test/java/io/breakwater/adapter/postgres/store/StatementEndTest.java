package io.breakwater.adapter.postgres.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.adapter.postgres.PoolSettings;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.UserStore;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A statement lives no longer than the call it works for. Locked tables keep them waiting here. */
@Tag("server")
class StatementEndTest {
    private static final String RUNNING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = 'breakwater' AND state = 'active'";

    private final PostgresServer server = PostgresServer.newest();
    private final String database = server.newDatabase();

    @RegisterExtension
    final Stores stores = new Stores(server);

    private UserStore users;
    private Connection watcher;
    private Connection lock;

    @BeforeEach
    void begin() throws SQLException {
        users = stores.open(stores.settings(database)
                        .withPool(new PoolSettings(0, 2, Duration.ofSeconds(30), Duration.ZERO)))
                .users();
        users.create("Anna", "anna@example.com", ManualCallContext.unhurried());
        watcher = server.connect(database, "postgres");
        lock = server.connect(database, "postgres");
        lock.setAutoCommit(false);
    }

    @AfterEach
    void end() throws SQLException {
        lock.close();
        watcher.close();
    }

    @Test
    void endsWhenTheCallIsCancelled() throws Exception {
        lockUsers();
        var scope = ManualCallContext.unhurried();
        var call = later(() -> users.find(1, scope));
        awaitRunning(1);

        scope.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(call::get)
                .havingCause()
                .isInstanceOf(PortException.DeadlineExceededException.class);
        awaitRunning(0);
        unlockUsers();
        assertThat(users.find(1, ManualCallContext.unhurried())).isPresent();
    }

    @Test
    void endsWhenTheThreadIsInterrupted() throws Exception {
        lockUsers();
        var call = new CompletableFuture<Object>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                call.complete(users.find(1, ManualCallContext.unhurried()));
            } catch (PortException e) {
                call.completeExceptionally(e);
            }
        });
        awaitRunning(1);

        thread.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(call::get)
                .havingCause()
                .isInstanceOf(PortException.DeadlineExceededException.class);
        awaitRunning(0);
    }

    @Test
    void endsAtTheDeadline() throws SQLException {
        lockUsers();

        assertThatExceptionOfType(PortException.DeadlineExceededException.class)
                .isThrownBy(() -> users.find(1, ManualCallContext.within(Duration.ofMillis(300))));

        awaitRunning(0);
    }

    @Test
    void aCallThatWaitsForAConnectionIsLetGoToo() throws Exception {
        lockUsers();
        var first = later(() -> users.find(1, ManualCallContext.unhurried()));
        var second = later(() -> users.find(1, ManualCallContext.unhurried()));
        awaitRunning(2);
        var scope = ManualCallContext.unhurried();
        var third = later(() -> users.find(1, scope));

        scope.cancel();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(third::get)
                .havingCause()
                .isInstanceOf(PortException.DeadlineExceededException.class);
        unlockUsers();
        assertThat(first.get()).isPresent();
        assertThat(second.get()).isPresent();
    }

    @Test
    void stoppingOneCallNeverHitsAnother() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 400; i++) {
                var unwanted = ManualCallContext.unhurried();
                threads.execute(() -> call(unwanted));
                threads.execute(unwanted::cancel);
                assertThat(users.find(1, ManualCallContext.unhurried())).isPresent();
            }
        }
    }

    private void call(ManualCallContext scope) {
        try {
            users.listAfter(0, 10, scope);
        } catch (PortException.DeadlineExceededException e) {
            // It came too late to be answered.
        }
    }

    private void lockUsers() throws SQLException {
        try (var statement = lock.createStatement()) {
            statement.execute("LOCK TABLE breakwater.users IN ACCESS EXCLUSIVE MODE");
        }
    }

    private void unlockUsers() throws SQLException {
        lock.rollback();
    }

    /** As calls run in earnest. */
    private static <T> CompletableFuture<T> later(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    private void awaitRunning(int statements) throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        try (var statement = watcher.createStatement()) {
            for (long running = -1; running != statements; ) {
                assertThat(System.nanoTime()).as(running + " run").isLessThan(end);
                try (var rows = statement.executeQuery(RUNNING)) {
                    rows.next();
                    running = rows.getLong(1);
                }
            }
        }
    }
}
