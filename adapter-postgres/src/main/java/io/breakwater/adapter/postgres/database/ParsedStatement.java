package io.breakwater.adapter.postgres.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.breakwater.adapter.postgres.codec.ParameterText;
import io.breakwater.adapter.postgres.connection.GuardedConnection;
import io.breakwater.adapter.postgres.pipeline.BoundStatement;
import io.breakwater.adapter.postgres.pipeline.Parameter;
import io.breakwater.adapter.postgres.sql.SqlStatement;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A statement that was read, and the values that go with it.
 *
 * @param statement what it says
 * @param values those of {@code $1}, {@code $2} …
 * @param json the numbers of the parameters for which an array is JSON and no array of
 *     PostgreSQL's
 */
record ParsedStatement(SqlStatement statement, List<Json> values, Set<Integer> json) {
    /** The OIDs of json and jsonb. */
    private static final Set<Integer> JSON_TYPES = Set.of(114, 3802);

    /** Refuses another number of values than there are places for. */
    ParsedStatement {
        int wanted = statement.highestParameter();
        if (values.size() != wanted) {
            throw invalid("The statement has places for " + wanted + " parameters ($1, $2 …), and " + values.size()
                    + " values were given.");
        }
    }

    /**
     * Reads what somebody asks.
     *
     * @throws PortException.RefusedException INVALID when it is not one statement, or has not as many values as places
     *     for them
     */
    static ParsedStatement of(Statement statement) {
        return new ParsedStatement(SqlStatement.of(statement.sql()), statement.parameters(), Set.of());
    }

    /** The same, where the statement may have been read before. */
    static ParsedStatement of(Statement statement, StatementCache known) {
        return new ParsedStatement(known.get(statement.sql()), statement.parameters(), Set.of());
    }

    /** A part of it, which has the same values. */
    ParsedStatement inner(SqlStatement part) {
        return new ParsedStatement(part, values, Set.of());
    }

    /** How long the texts of the values are. */
    LongSummaryStatistics lengths() {
        return values.stream()
                .map(value -> ParameterText.of(value, false))
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .summaryStatistics();
    }

    /** Whether there are values that are written in different ways for different types. */
    boolean isAmbiguous() {
        return values.stream().anyMatch(Json.Arr.class::isInstance);
    }

    /**
     * The same, with its arrays written as the types of their places want them, which the server is asked for.
     *
     * @param prefix what comes before the statement
     */
    ParsedStatement resolved(GuardedConnection session, String prefix) throws SQLException {
        var types = session.parameterTypes(bound(prefix));
        var places = IntStream.rangeClosed(1, types.length)
                .filter(place -> JSON_TYPES.contains(types[place - 1]))
                .boxed()
                .collect(toUnmodifiableSet());
        return new ParsedStatement(statement, values, places);
    }

    /**
     * The statement as it is sent: our prefix, and then the text that was read, letter for letter.
     *
     * @param prefix what comes before the statement
     */
    BoundStatement bound(String prefix) {
        var parameters = IntStream.rangeClosed(1, values.size())
                .mapToObj(place -> parameter(place, json.contains(place)))
                .toList();
        return new BoundStatement(prefix + statement.sql(), parameters);
    }

    /** The server infers no type for a value that the statement does not use. */
    private Parameter parameter(int place, boolean isJson) {
        var text = ParameterText.of(values.get(place - 1), isJson);
        if (text != null) {
            requireStorable(text, place);
        }
        return new Parameter(text, statement.parameters().contains(place) ? Parameter.UNSPECIFIED : Parameter.TEXT);
    }

    private static void requireStorable(String text, int place) {
        if (text.indexOf('\0') >= 0) {
            throw invalid("The value of $" + place + " holds the character NUL (U+0000), which PostgreSQL cannot store;"
                    + " remove it.");
        }
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw invalid("The value of $" + place + " holds an unpaired surrogate, which is not a valid character;"
                    + " remove it.");
        }
    }

    private static PortException invalid(String sentence) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, sentence, null);
    }
}
