package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.ErrorPositions;
import io.breakwater.port.driven.NamedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * The position of an error in a statement.
 *
 * @param position the position in the caller's text, counted from 1; 0 when the server does not report it
 * @param word the word at this position in the caller's text
 */
record ErrorLocation(int position, String word) {
    /** An error without a position. */
    static final ErrorLocation UNKNOWN = new ErrorLocation(0, "");

    /**
     * Reads the position from the server's error.
     *
     * @param before the number of characters that we put before the caller's statement
     * @param positions maps positions in the sent text to positions in the caller's text
     */
    static ErrorLocation of(SQLException thrown, int before, ErrorPositions positions) {
        var error = thrown instanceof PSQLException server ? server.getServerErrorMessage() : null;
        int position = error == null ? 0 : error.getPosition();
        if (position <= before) {
            return UNKNOWN;
        }
        int positionInSource = positions.toSource(position - before);
        return new ErrorLocation(positionInSource, positions.word(positionInSource));
    }

    /** Returns the position in the source of a statement with names; the same position when there is none. */
    ErrorLocation inSourceOf(@Nullable NamedStatement origin) {
        if (origin == null || position == 0) {
            return this;
        }
        int positionInSource = origin.toSource(position);
        return new ErrorLocation(
                positionInSource, ErrorPositions.of(origin.source()).word(positionInSource));
    }

    /** Returns the text that follows the SQLSTATE: {@code , position 15: prodcts}. */
    @Override
    public String toString() {
        if (position == 0) {
            return "";
        }
        return ", position " + position + (word.isBlank() ? "" : ": " + word);
    }
}
