package io.breakwater.adapter.postgres.pipeline;

import java.util.List;

/**
 * What the server infers for a statement before it runs.
 *
 * @param parameterTypes the OIDs of the types of {@code $1}, {@code $2} …
 * @param columns the columns of its result, without rows
 */
public record StatementShape(List<Integer> parameterTypes, RawResult columns) {
    /** Copies the list. */
    public StatementShape {
        parameterTypes = List.copyOf(parameterTypes);
    }
}
