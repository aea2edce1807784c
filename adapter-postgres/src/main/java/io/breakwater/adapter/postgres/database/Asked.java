package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.statement.OneStatement;
import io.breakwater.adapter.postgres.type.JsonText;
import io.breakwater.port.Failure;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A statement that was read, and the values that go with it.
 *
 * @param statement what it says
 * @param values those of {@code $1}, {@code $2} …
 * @param json the places, in the order in which the driver wants values, where an array is JSON and no array of
 *     PostgreSQL's
 */
record Asked(OneStatement statement, List<Json> values, Set<Integer> json) {
    private static final Set<String> JSON_TYPES = Set.of("json", "jsonb");

    /** Refuses another number of values than there are places for. */
    Asked {
        int wanted = statement.highestParameter();
        if (values.size() != wanted) {
            throw new Failure.Refused(
                    Failure.Refused.Reason.INVALID,
                    "The statement has places for " + wanted + " parameters ($1, $2 …), and " + values.size()
                            + " values were given.",
                    null);
        }
    }

    /**
     * Reads what somebody asks.
     *
     * @throws Failure.Refused INVALID when it is not one statement, or has not as many values as places for them
     */
    static Asked of(Statement statement) {
        return new Asked(OneStatement.of(statement.sql()), statement.parameters(), Set.of());
    }

    /** A part of it, which has the same values. */
    Asked inner(OneStatement part) {
        return new Asked(part, values, Set.of());
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
    Asked resolved(Connection connection, String prefix) throws SQLException {
        try (var prepared = connection.prepareStatement(prefix + statement.sql())) {
            var types = prepared.getParameterMetaData();
            var places = new HashSet<Integer>();
            for (int place = 1; place <= statement.parameters().size(); place++) {
                if (JSON_TYPES.contains(types.getParameterTypeName(place))) {
                    places.add(place);
                }
            }
            return new Asked(statement, values, places);
        }
    }

    /**
     * Hands the values to the driver, each as often as it is wanted.
     *
     * @param first the place of the first one
     */
    void bind(PreparedStatement prepared, int first) throws SQLException {
        int place = 1;
        for (var number : statement.parameters()) {
            var text = JsonText.of(values.get(number - 1), json.contains(place));
            int at = first + place - 1;
            if (text == null) {
                prepared.setNull(at, Types.NULL);
            } else {
                prepared.setString(at, text);
            }
            place++;
        }
    }
}
