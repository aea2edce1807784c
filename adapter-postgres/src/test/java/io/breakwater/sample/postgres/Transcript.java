package io.breakwater.sample.postgres;

import java.util.ArrayList;
import java.util.List;

/** What clients sent through a {@link Relay}, connection by connection. Thread-safe. */
public final class Transcript implements Relay.Listener {
    private final List<Entry> entries = new ArrayList<>(); // guarded by this
    private int roundTrips; // guarded by this
    private int executions; // guarded by this
    private int parses; // guarded by this

    /**
     * One message.
     *
     * @param connection the number of the connection, from 1
     */
    public record Entry(int connection, FrontendMessage message) {}

    @Override
    public synchronized void reply(int connection, FrontendMessage message) {
        entries.add(new Entry(connection, message));
        roundTrips += message.type() == 'S' || message.type() == 'Q' ? 1 : 0;
        parses += message.type() == 'P' || message.type() == 'Q' ? 1 : 0;
        executions += message.type() == 'E' || message.type() == 'Q' ? 1 : 0;
    }

    /** The round trips so far: every Sync and every simple Query makes the server answer. */
    public synchronized int roundTrips() {
        return roundTrips;
    }

    /** The statements that were executed so far, if each simple Query is one. */
    public synchronized int executions() {
        return executions;
    }

    /** The texts that were sent to be parsed so far. */
    public synchronized int parses() {
        return parses;
    }

    /** The messages since this was last called, in the order in which they passed. */
    public synchronized List<Entry> take() {
        var taken = List.copyOf(entries);
        entries.clear();
        return taken;
    }
}
