package io.breakwater.adapter.postgres.connection;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.StatementResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that a caller's statement could leave behind in a session and that {@code ROLLBACK} does not undo. It is
 * taken when the connection opens, and again after each call; a connection on which the two differ is closed.
 *
 * <p>Advisory locks are released by the query itself.
 *
 * <p>Prepared statements come in the order of the server's own table, which is the same as long as they are: to sort
 * them would cost each call more than it proves.
 */
final class SessionStateDigest {
    /** What the columns of the query hold, in sentences for operators. The first only releases advisory locks. */
    private static final List<String> PARTS =
            List.of("role", "settings", "prepared statements", "cursors", "listening channels");

    /** Beside the settings that we pin: they decide what names mean and how long work may last. */
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

    /** The query that takes it of a session with these settings. */
    static BoundStatement query(SessionSettings pinned) {
        var names = new TreeSet<>(SETTINGS);
        names.addAll(pinned.settings().keySet());
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

    /** From the query's answer; empty when the row is missing, because rows before it were too large. */
    static Optional<SessionStateDigest> of(StatementResult answer) {
        if (answer.rowCount() != 1) {
            return Optional.empty();
        }
        var parts = new byte[PARTS.size()][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = requireNonNull(answer.value(0, i + 1));
        }
        return Optional.of(new SessionStateDigest(parts));
    }

    /** What differs in a later one, for a sentence; empty when they are the same. */
    Optional<String> difference(SessionStateDigest later) {
        for (int i = 0; i < parts.length; i++) {
            if (!Arrays.equals(parts[i], later.parts[i])) {
                return Optional.of(PARTS.get(i));
            }
        }
        return Optional.empty();
    }
}
