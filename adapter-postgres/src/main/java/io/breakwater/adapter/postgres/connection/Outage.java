package io.breakwater.adapter.postgres.connection;

import java.time.Duration;

/**
 * A time in which a server opens no connection.
 *
 * @param fault the reason for which the last connection attempt failed
 * @param sqlState the SQLSTATE of that failure; 08001 when it has none
 * @param location the host and port of the server and the name of the database
 * @param began the beginning of the outage, in the time of {@link System#nanoTime()}
 */
public record Outage(ConnectionFailure fault, String sqlState, String location, long began) {
    private static final String UNABLE_TO_CONNECT = "08001";

    /** Creates the outage that a failed attempt reveals; the attempt started at {@code began}. */
    public static Outage of(Throwable thrown, ConnectionFailure fault, String place, long began) {
        var state = ConnectionFailure.sqlIn(thrown)
                .map(sql -> String.valueOf(sql.getSQLState()))
                .filter(code -> code.length() == 5)
                .orElse(UNABLE_TO_CONNECT);
        return new Outage(fault, state, place, began);
    }

    /** A sentence for operators, with host and port. */
    public String sentence() {
        return sentence("No connection");
    }

    /** A sentence for operators that begins with these words. */
    String sentence(String beginning) {
        return beginning + " to PostgreSQL at " + location + ": " + fault.phrase() + " (SQLSTATE " + sqlState + ").";
    }

    /** The time since the outage began. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** This outage with the beginning of an earlier one. */
    Outage since(Outage earlier) {
        return new Outage(fault, sqlState, location, earlier.began);
    }
}
