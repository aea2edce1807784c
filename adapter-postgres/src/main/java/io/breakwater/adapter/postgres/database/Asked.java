package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.statement.OneStatement;
import io.breakwater.adapter.postgres.type.JsonText;
import io.breakwater.port.Failure;
import io.breakwater.port.Json;
import io.breakwater.port.driven.SqlGateway.Statement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * A statement that was read, and the values that go with it: one for each number.
 *
 * @param statement what it says
 * @param values those of {@code $1}, {@code $2} …
 */
record Asked(OneStatement statement, List<Json> values) {

    /**
     * Reads what somebody asks.
     *
     * @throws Failure.Refused INVALID when it is not one statement, or has not as many values as places for them
     */
    static Asked of(Statement statement) {
        return new Asked(OneStatement.of(statement.sql()), statement.parameters());
    }

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
     * Hands the values to the driver, each as often as it is wanted.
     *
     * @param first the place of the first one
     */
    void bind(PreparedStatement prepared, int first) throws SQLException {
        int place = first;
        for (var number : statement.parameters()) {
            var text = JsonText.of(values.get(number - 1), false);
            if (text == null) {
                prepared.setNull(place, Types.NULL);
            } else {
                prepared.setString(place, text);
            }
            place++;
        }
    }
}
