package io.breakwater.adapter.postgres.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends attacks to a stage where one layer stands alone, and tells what they did there. */
final class LayerTrial {
    /** A statement that does not end is stopped soon, and everything else has the time that a slow machine needs. */
    private static final long SOON_MILLIS = 300;

    private static final long LATE_MILLIS = Duration.ofMinutes(1).toMillis();

    private final AttackStage stage;
    private long longestMillis = LATE_MILLIS;

    LayerTrial(AttackStage stage) {
        this.stage = stage;
    }

    /** What an attack did, in one of the ways to send it; empty when it was stopped in all of them. */
    Set<String> effects(Attack attack, Layer layer) throws SQLException, IOException {
        boolean endless = attack.sort().kind() == AttackClass.Kind.COSTS;
        longestMillis = endless && layer != Layer.TIME_LIMITS ? SOON_MILLIS : LATE_MILLIS;
        var timeLimit = endless ? Duration.ofMillis(SOON_MILLIS) : Duration.ofMinutes(1);
        for (var style : SingleLayer.styles(layer, timeLimit)) {
            var effects = effects(attack, style);
            if (!effects.isEmpty()) {
                return effects;
            }
        }
        return Set.of();
    }

    private Set<String> effects(Attack attack, SendingStyle style) throws SQLException, IOException {
        var before = stage.facts();
        var effects = new TreeSet<String>();
        Set<String> lasting;
        try (var connection = stage.login(style.role())) {
            attack.sort().before().forEach(sql -> attempt(connection, sql));
            style.before().forEach(sql -> attempt(connection, sql));
            var session = AttackStage.session(connection);
            effects.addAll(sent(attack, style, connection));
            effects.addAll(stage.locks());
            style.after().forEach(sql -> attempt(connection, sql));
            attempt(connection, "ROLLBACK");
            if (attack.sort().kind() != AttackClass.Kind.WRITES) {
                effects.addAll(AttackStage.difference(session, AttackStage.session(connection)));
            }
            lasting = AttackStage.difference(before, stage.facts());
        }
        if (!lasting.isEmpty()) {
            stage.restore();
        }
        effects.addAll(lasting);
        return effects;
    }

    private Set<String> sent(Attack attack, SendingStyle style, Connection connection) throws SQLException {
        var told = new TreeSet<String>();
        for (var text : attack.texts()) {
            var aimed = stage.aimed(text).replace("$1", "1");
            for (var message : style.messages(aimed, connection)) {
                told.addAll(attempt(connection, message));
            }
        }
        return told;
    }

    /** What was noticed while it ran, whether it failed or not. */
    private Set<String> attempt(Connection connection, String sql) {
        var done = new CountDownLatch(1);
        var noticed = new TreeSet<String>();
        try (var statement = connection.createStatement()) {
            var watch = Thread.ofVirtual().start(() -> stopLate(statement, done, noticed));
            try {
                notice(answers(statement, sql), noticed);
            } catch (SQLException e) {
                notice(String.valueOf(e.getMessage()), noticed);
            } finally {
                done.countDown();
                join(watch);
            }
        } catch (SQLException e) {
            noticed.add("broke the connection");
        }
        return noticed;
    }

    private void stopLate(Statement statement, CountDownLatch done, Set<String> noticed) {
        try {
            if (!done.await(longestMillis, TimeUnit.MILLISECONDS)) {
                statement.cancel();
                synchronized (noticed) {
                    noticed.add("runs on and on");
                }
            }
        } catch (InterruptedException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread watch) {
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String answers(Statement statement, String sql) throws SQLException {
        var text = new StringBuilder();
        boolean rows = statement.execute(sql);
        while (rows || statement.getUpdateCount() >= 0) {
            if (rows) {
                append(statement, text);
            }
            rows = statement.getMoreResults();
        }
        return text.toString();
    }

    private static void append(Statement statement, StringBuilder text) throws SQLException {
        try (var rows = statement.getResultSet()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    text.append(rows.getString(i)).append('\n');
                }
            }
        }
    }

    private static void notice(String told, Set<String> noticed) {
        for (var word : List.of("reached", AttackStage.SECRET)) {
            if (told.contains(word)) {
                synchronized (noticed) {
                    noticed.add("tells " + word);
                }
            }
        }
    }
}
