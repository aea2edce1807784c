package io.breakwater.core.business.database;

import io.breakwater.port.driven.SqlGateway.Statement;
import java.util.OptionalLong;

/**
 * Cursors, which callers store: a cursor cannot be read, changed, or used for another result or by another caller, and
 * it expires.
 */
public interface CursorCodec {

    /** Creates a cursor at a row of a result. */
    String encode(Result result, long row);

    /**
     * Returns the row of a cursor; empty if {@link #encode} did not create it for this result, or if it has expired.
     */
    OptionalLong decode(String cursor, Result result);

    /**
     * The result of one statement for one caller.
     *
     * @param database the identity of the database
     */
    record Result(String database, Statement statement, String caller) {}
}
