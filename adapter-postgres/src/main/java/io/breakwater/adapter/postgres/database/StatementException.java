package io.breakwater.adapter.postgres.database;

import io.breakwater.adapter.postgres.sql.ErrorPositions;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * What a statement failed at.
 *
 * @param position in the caller's text, counted from 1; 0 when the server does not say
 * @param word what stands there, in the caller's own words
 */
record StatementException(int position, String word) {
    /** The server does not say. */
    static final StatementException UNKNOWN = new StatementException(0, "");

    /**
     * What the server said of it.
     *
     * @param before how many characters the server saw in front of the caller's statement
     */
    static StatementException of(SQLException thrown, int before, ErrorPositions places) {
        var said = thrown instanceof PSQLException server ? server.getServerErrorMessage() : null;
        int position = said == null ? 0 : said.getPosition();
        if (position <= before) {
            return UNKNOWN;
        }
        int own = places.inSource(position - before);
        return new StatementException(own, places.word(own));
    }

    /** To follow the SQLSTATE: {@code , position 15: prodcts}. */
    @Override
    public String toString() {
        if (position == 0) {
            return "";
        }
        return ", position " + position + (word.isBlank() ? "" : ": " + word);
    }
}
