package io.breakwater.adapter.postgres.connection;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.RawResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fingerprint of the session state that a caller's statement could change and that {@code ROLLBACK} does not restore.
 * It is taken when the connection opens, and again after each call; when the two differ, the connection is closed.
 *
 * <p>The query itself releases advisory locks.
 *
 * <p>Prepared statements are in the order of the server's own table, which does not change while they do not change. To
 * sort them would cost each call time without a benefit.
 */
final class SessionStateDigest {
    /** The names of the query's columns in log lines. The first column, which releases advisory locks, has none. */
    private static final List<String> PARTS =
            List.of("role", "settings", "prepared statements", "cursors", "listening channels");

    /** Settings to compare besides our session settings: they affect the meaning of names and time limits. */
    private static final Set<String> SETTINGS = Set.of(
            "search_path",
            "statement_timeout",
            "lock_timeout",
            "TimeZone",
            "default_transaction_read_only",
            "session_replication_role",
            "client_encoding");

    private final byte[][] parts;

    private SessionStateDigest(byte[][] parts) {
        this.parts = parts;
    }

    /** Returns the query that takes the fingerprint of a connection with these settings. */
    static BoundStatement query(SessionSettings sessionSettings) {
        var names = new TreeSet<>(SETTINGS);
        names.addAll(sessionSettings.settings().keySet());
        var settings = names.stream()
                .map(name -> "pg_catalog.current_setting('" + name + "')")
                .collect(joining(", "));
        return BoundStatement.of("""
                SELECT pg_catalog.pg_advisory_unlock_all(),
                  pg_catalog.concat_ws('/', current_user, session_user),
                  pg_catalog.concat_ws('/', %s),
                  coalesce((SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', name, statement), ';')
                    FROM pg_catalog.pg_prepared_statement()), ''),
                  EXISTS (SELECT FROM pg_catalog.pg_cursor() WHERE name OPERATOR(pg_catalog.<>) ''),
                  EXISTS (SELECT FROM pg_catalog.pg_listening_channels())
                """.formatted(settings));
    }

    /** Reads the result of the query; empty when the row is missing, because rows before it were too large. */
    static Optional<SessionStateDigest> of(RawResult answer) {
        if (answer.rowCount() != 1) {
            return Optional.empty();
        }
        var parts = new byte[PARTS.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = requireNonNull(answer.value(0, i + 1));
        }
        return Optional.of(new SessionStateDigest(parts));
    }

    /** Returns the name of the first part that differs in a later fingerprint; empty when they are the same. */
    Optional<String> difference(SessionStateDigest later) {
        for (int i = 0; i < parts.length; i++) {
            if (!Arrays.equals(parts[i], later.parts[i])) {
                return Optional.of(PARTS.get(i));
            }
        }
        return Optional.empty();
    }
}
