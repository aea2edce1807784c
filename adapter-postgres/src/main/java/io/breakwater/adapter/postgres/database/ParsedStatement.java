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
import io.breakwater.port.driven.NamedStatement;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A parsed statement with the values of its parameters.
 *
 * @param statement the parsed statement
 * @param values the values of {@code $1}, {@code $2} …
 * @param jsonParameters the numbers of the parameters whose arrays are JSON and not PostgreSQL arrays
 * @param origin the statement with names from which this one was made, or null
 */
record ParsedStatement(
        SqlStatement statement,
        List<Json> values,
        Set<Integer> jsonParameters,
        @Nullable NamedStatement origin) {
    /** The OIDs of json and jsonb. */
    private static final Set<Integer> JSON_TYPES = Set.of(114, 3802);

    /** Refuses a number of values that differs from the number of parameters. */
    ParsedStatement {
        int expected = statement.highestParameter();
        if (values.size() != expected) {
            throw invalid("The statement has " + expected + " parameters ($1, $2 …), but the number of values is "
                    + values.size() + ".");
        }
    }

    /**
     * Parses a caller's statement.
     *
     * @throws PortException.RefusedException INVALID when the text is not one statement, or the number of values is not
     *     the number of its parameters
     */
    static ParsedStatement of(Statement statement) {
        return of(SqlStatement.of(statement.sql()), statement);
    }

    /** Parses a caller's statement, which may be in the cache. */
    static ParsedStatement of(Statement statement, StatementCache cache) {
        return of(cache.get(statement.sql()), statement);
    }

    private static ParsedStatement of(SqlStatement parsed, Statement statement) {
        return new ParsedStatement(parsed, statement.parameters(), Set.of(), statement.origin());
    }

    /** A statement whose parameters have no values yet. */
    static ParsedStatement withoutValues(SqlStatement statement, NamedStatement origin) {
        return new ParsedStatement(
                statement, Collections.nCopies(statement.highestParameter(), Json.Null.NULL), Set.of(), origin);
    }

    /** Returns a part of the statement, with the same values. */
    ParsedStatement inner(SqlStatement part) {
        return new ParsedStatement(part, values, Set.of(), origin);
    }

    /** The lengths of the values' texts, in characters. */
    LongSummaryStatistics lengths() {
        return values.stream()
                .map(value -> ParameterText.of(value, false))
                .filter(Objects::nonNull)
                .mapToLong(String::length)
                .summaryStatistics();
    }

    /** Whether the text of a value depends on the type of its parameter. */
    boolean isAmbiguous() {
        return values.stream().anyMatch(Json.Arr.class::isInstance);
    }

    /**
     * Returns the statement with its arrays in the form that the types of their parameters require. The server infers
     * the types.
     *
     * @param prefix the text before the statement
     */
    ParsedStatement resolve(GuardedConnection connection, String prefix) throws SQLException {
        var types = connection.describe(bind(prefix)).parameterTypes();
        var numbers = IntStream.rangeClosed(1, types.size())
                .filter(number -> JSON_TYPES.contains(types.get(number - 1)))
                .boxed()
                .collect(toUnmodifiableSet());
        return new ParsedStatement(statement, values, numbers, origin);
    }

    /**
     * Returns the statement to send: our prefix, then the parsed text verbatim.
     *
     * @param prefix the text before the statement
     */
    BoundStatement bind(String prefix) {
        var parameters = IntStream.rangeClosed(1, values.size())
                .mapToObj(number -> parameter(number, jsonParameters.contains(number)))
                .toList();
        return new BoundStatement(prefix + statement.sql(), parameters);
    }

    /** Sends an unused value as text, because the server infers no type for it. */
    private Parameter parameter(int number, boolean isJson) {
        var text = ParameterText.of(values.get(number - 1), isJson);
        if (text != null) {
            requireStorable(
                    text, origin == null ? "$" + number : ":" + origin.names().get(number - 1));
        }
        return new Parameter(text, statement.parameters().contains(number) ? Parameter.UNSPECIFIED : Parameter.TEXT);
    }

    private static void requireStorable(String text, String parameter) {
        if (text.indexOf('\0') >= 0) {
            throw invalid("The value of " + parameter
                    + " contains the character NUL (U+0000), which PostgreSQL cannot store; remove it.");
        }
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw invalid("The value of " + parameter
                    + " contains an unpaired surrogate, which is not a valid character;" + " remove it.");
        }
    }

    private static PortException invalid(String sentence) {
        return new PortException.RefusedException(PortException.RefusedException.Reason.INVALID, sentence, null);
    }
}
