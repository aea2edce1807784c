package io.breakwater.adapter.postgres.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A statement and the values of its parameters. The server parses exactly {@code sql}, encoded in UTF-8.
 *
 * @param sql one statement, with parameters {@code $1}, {@code $2} …, each any number of times
 * @param parameters the values of {@code $1}, {@code $2} … in this order
 */
public record BoundStatement(String sql, List<Parameter> parameters) {

    /** Copies the list, and refuses a text that does not encode, because the server would receive a different text. */
    public BoundStatement {
        parameters = List.copyOf(parameters);
        if (!UTF_8.newEncoder().canEncode(sql)) {
            throw new IllegalArgumentException("The statement cannot be encoded in UTF-8.");
        }
    }

    /** A statement without parameters. */
    public static BoundStatement of(String sql) {
        return new BoundStatement(sql, List.of());
    }
}
