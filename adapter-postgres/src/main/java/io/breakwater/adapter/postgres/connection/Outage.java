package io.breakwater.adapter.postgres.connection;

import java.time.Duration;

/**
 * Why a server has no connection for us at present.
 *
 * @param fault what the last connection attempt ended with
 * @param sqlState the SQLSTATE of that end; 08001 where it has none
 * @param place host and port of the server and the name of the database
 * @param began when it began, on the clock of {@link System#nanoTime()}
 */
public record Outage(ConnectFailure fault, String sqlState, String place, long began) {
    private static final String UNABLE_TO_CONNECT = "08001";

    /** The outage that an attempt has shown that began then. */
    public static Outage of(Throwable thrown, ConnectFailure fault, String place, long began) {
        var state = ConnectFailure.sqlIn(thrown)
                .map(sql -> String.valueOf(sql.getSQLState()))
                .filter(code -> code.length() == 5)
                .orElse(UNABLE_TO_CONNECT);
        return new Outage(fault, state, place, began);
    }

    /** For operators: it names host and port. */
    public String sentence() {
        return sentence("No connection");
    }

    /** The same, beginning with these words. */
    String sentence(String beginning) {
        return beginning + " to PostgreSQL at " + place + ": " + fault.phrase() + " (SQLSTATE " + sqlState + ").";
    }

    /** How long ago it began. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The same outage, which began earlier. */
    Outage since(Outage earlier) {
        return new Outage(fault, sqlState, place, earlier.began);
    }
}
