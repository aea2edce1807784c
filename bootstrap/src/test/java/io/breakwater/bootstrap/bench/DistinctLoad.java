package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Sends requests that all differ, one for each number, as fast as the server answers them. */
final class DistinctLoad {
    private static final int THREADS = 16;
    private static final int PIPELINED = 8;
    private static final int LOOPBACK = 127;

    private final int port;
    private final LongFunction<byte[]> requests;
    private final StatusCounts statuses = new StatusCounts();

    /**
     * Creates a load.
     *
     * @param requests the request for each number
     */
    DistinctLoad(int port, LongFunction<byte[]> requests) {
        this.port = port;
        this.requests = requests;
    }

    /** Sends the requests on a few connections, several at once on each. */
    StatusCounts send(long from, long to) throws InterruptedException {
        var next = new AtomicLong(from);
        return inThreads(() -> send(next, to));
    }

    private void send(AtomicLong next, long to) {
        var pending = new ArrayDeque<byte[]>();
        while (fill(pending, next, to)) {
            try (var connection = LoadConnection.to(port)) {
                while (!connection.closing() && fill(pending, next, to)) {
                    connection.sendAll(pending);
                    while (!connection.closing() && !pending.isEmpty()) {
                        statuses.add(connection.awaitStatus());
                        pending.remove();
                    }
                }
            } catch (IOException e) {
                statuses.add(0);
                pending.remove();
            }
        }
    }

    /** Adds further requests; returns false if there is none. */
    private boolean fill(ArrayDeque<byte[]> pending, AtomicLong next, long to) {
        while (pending.size() < PIPELINED) {
            long number = next.getAndIncrement();
            if (number >= to) {
                break;
            }
            pending.add(requests.apply(number));
        }
        return !pending.isEmpty();
    }

    /** Sends the requests one by one, each from another address of this machine. */
    StatusCounts sendFromAddresses(long from, long to) throws InterruptedException {
        var next = new AtomicLong(from);
        return inThreads(() -> {
            for (long n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                try (var connection = LoadConnection.from(address(n), port)) {
                    statuses.add(connection.exchange(requests.apply(n)));
                } catch (IOException e) {
                    statuses.add(0);
                }
            }
        });
    }

    private static InetAddress address(long number) throws IOException {
        byte[] bytes = {LOOPBACK, (byte) (1 + (number >> 16)), (byte) (number >> 8), (byte) number};
        return InetAddress.getByAddress(bytes);
    }

    private StatusCounts inThreads(Runnable work) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(work));
        }
        for (var thread : threads) {
            thread.join();
        }
        return statuses;
    }
}
