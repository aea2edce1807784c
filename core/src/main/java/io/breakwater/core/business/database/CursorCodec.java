package io.breakwater.core.business.database;

import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.OptionalLong;

/**
 * Places in results, kept by callers: a mark cannot be read, moved, or used for another result or by another caller,
 * and wears off after a while.
 */
public interface CursorCodec {

    /** A mark at that row of a result. */
    String encode(Result result, long row);

    /**
     * The row that the mark is at; empty when it was not made by {@link #encode} for this very result, or has worn off.
     */
    OptionalLong decode(String mark, Result result);

    /**
     * One caller's result of one statement.
     *
     * @param database which database gave it
     */
    record Result(String database, Statement statement, String caller) {}
}
