package io.breakwater.adapter.postgres.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * The value of a parameter in PostgreSQL's text format.
 *
 * @param text the value; null for SQL's NULL
 * @param type the OID of its type, {@link #UNSPECIFIED} to let the server infer it
 */
public record Parameter(@Nullable String text, int type) {
    /** The server infers the type from the use of the parameter. */
    public static final int UNSPECIFIED = 0;

    /** The OID of {@code text}. */
    public static final int TEXT = 25;
}
