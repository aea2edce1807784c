package io.breakwater.adapter.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.postgres.ConnectionString;
import io.breakwater.sample.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgConnection;

/**
 * Functions that PostgreSQL cannot interrupt still run when the server has ended a statement that was cancelled after
 * them. Each subclass has its own server and kills it at the end.
 */
abstract class IgnoredCancellationTests {
    private static final String LISTENS = "SELECT count(*) FROM generate_series(1, 1000000000)";
    private static final Duration AT_WORK = Duration.ofMillis(200);

    private static final List<String> UNINTERRUPTIBLE = List.of(
            "SELECT translate(repeat('a', 3000000), repeat('b', 3000000), '')",
            "SELECT strpos(repeat('a', 3000000), 'b' || repeat('a', 1500000))",
            "SELECT repeat('a', 3000000) LIKE '%' || repeat('a', 1500000) || 'b%'",
            "SELECT array_fill(1, ARRAY[1000000]) && array_fill(2, ARRAY[1000000])");

    private final List<Integer> backends = new ArrayList<>();

    abstract String url();

    @Test
    void cancellationAndTerminationDoNotEndThem() throws SQLException {
        var uninterruptible = new ArrayList<Integer>();
        for (var sql : UNINTERRUPTIBLE) {
            uninterruptible.add(start(sql));
        }
        try (var superuser = connect()) {
            for (var way : List.of("pg_cancel_backend", "pg_terminate_backend")) {
                int listening = start(LISTENS);
                for (int pid : uninterruptible) {
                    assertThat(number(superuser, "SELECT " + way + "(" + pid + ")::int"))
                            .isEqualTo(1);
                }
                number(superuser, "SELECT " + way + "(" + listening + ")::int");
                awaitEnd(superuser, listening);

                assertThat(number(superuser, active(uninterruptible))).as(way).isEqualTo(UNINTERRUPTIBLE.size());
            }
        }
    }

    /** Starts a statement on its own connection, and waits until the server has run it for a while. */
    private int start(String sql) throws SQLException {
        var connection = connect();
        int pid = connection.unwrap(PgConnection.class).getBackendPID();
        backends.add(pid);
        Thread.startVirtualThread(() -> {
            try (connection;
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException ended) {
                // as it must: by a cancel, a termination or the end of its server
            }
        });
        Eventually.holds(() -> cpu(pid).compareTo(AT_WORK) >= 0);
        return pid;
    }

    private static Duration cpu(int pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    private static void awaitEnd(Connection superuser, int pid) throws SQLException {
        Eventually.holds(() -> number(superuser, active(List.of(pid))) == 0);
    }

    private static String active(List<Integer> pids) {
        return "SELECT count(*)::int FROM pg_stat_activity WHERE state = 'active' AND pid = ANY ('"
                + pids.toString().replace('[', '{').replace(']', '}') + "')";
    }

    private static int number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection connect() throws SQLException {
        return ConnectionString.of(url()).connect(Map.of());
    }

    /** Those that do not end by themselves; the server recovers then. */
    final void killBackends() {
        backends.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Eventually.holds(this::hasRecovered);
    }

    private boolean hasRecovered() {
        try {
            connect().close();
            return backends.stream().allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        } catch (SQLException notYet) {
            return false;
        }
    }
}
