package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/** Requests at a fixed rate, each on a connection that is free. Times count from the moment a request was due. */
final class PacedLane {
    private final double nanosBetween;
    private final byte[][] requests;
    private final int port;
    private final Deque<LoadConnection> free = new ArrayDeque<>();
    private final StatusCounts statuses = new StatusCounts();
    private final long[] times;
    private final int[] timedStatuses;
    private int timed;
    private int sent;
    private int pending;

    /** Creates a lane that sends each of these requests once. */
    PacedLane(int port, double rate, byte[][] requests) {
        this.port = port;
        this.nanosBetween = 1e9 / rate;
        this.requests = requests;
        this.times = new long[requests.length];
        this.timedStatuses = new int[requests.length];
    }

    void connect(int connections, Selector selector) throws IOException {
        for (int i = 0; i < connections; i++) {
            connect(selector);
        }
    }

    private void connect(Selector selector) throws IOException {
        var connection = LoadConnection.to(port);
        free.add(connection.register(selector, new Attached(this, connection)));
    }

    private record Attached(PacedLane lane, LoadConnection connection) {}

    /** Sends what is due; returns false when everything was sent and answered. */
    boolean send(long begin) throws IOException {
        long now = System.nanoTime();
        while (sent < requests.length && !free.isEmpty() && due(begin) <= now) {
            pending++;
            free.remove().send(requests[sent], due(begin));
            sent++;
        }
        return sent < requests.length || pending > 0;
    }

    private long due(long begin) {
        return begin + (long) (sent * nanosBetween);
    }

    /** Reads on the connection of this key. What was due before {@code counted} has no time. */
    static void receive(SelectionKey key, long counted) {
        var attached = (Attached) key.attachment();
        attached.lane.receive(attached.connection, key.selector(), counted);
    }

    private void receive(LoadConnection connection, Selector selector, long counted) {
        try {
            int status = received(connection);
            if (status < 0) {
                return;
            }
            pending--;
            statuses.add(status);
            if (connection.due() >= counted) {
                timedStatuses[timed] = status;
                times[timed++] = System.nanoTime() - connection.due();
            }
            release(connection, status, selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the status, 0 if the connection was lost, or -1 if the response is not complete. */
    private static int received(LoadConnection connection) {
        try {
            int status = connection.receive();
            return status == 0 ? -1 : status;
        } catch (IOException e) {
            return 0;
        }
    }

    private void release(LoadConnection connection, int status, Selector selector) throws IOException {
        if (status == 0 || connection.closing()) {
            connection.close();
            connect(selector);
        } else {
            free.add(connection);
        }
    }

    StatusCounts statuses() {
        return statuses;
    }

    /** Returns the time in microseconds that this part of the requests did not exceed. */
    long micros(double part) {
        return micros(part, Arrays.copyOf(times, timed));
    }

    /** Returns the same for the requests that were answered with this status. */
    long micros(double part, int status) {
        return micros(part, withStatus(status));
    }

    private static long micros(double part, long[] times) {
        Arrays.sort(times);
        return times.length == 0 ? 0 : times[Math.max(0, (int) Math.ceil(times.length * part) - 1)] / 1_000;
    }

    /** Returns the number of requests that have a time. */
    int timed() {
        return timed;
    }

    /** Returns the number of them that were answered with this status. */
    int timed(int status) {
        return withStatus(status).length;
    }

    private long[] withStatus(int status) {
        return IntStream.range(0, timed)
                .filter(i -> timedStatuses[i] == status)
                .mapToLong(i -> times[i])
                .toArray();
    }
}
