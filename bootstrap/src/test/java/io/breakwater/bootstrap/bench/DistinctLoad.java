package io.breakwater.bootstrap.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests whose credentials or addresses all differ, as fast as the server answers them. */
final class DistinctLoad {
    private static final int THREADS = 16;
    private static final int LOOPBACK = 127;

    private final int port;
    private final CredentialRequests requests;
    private final StatusCounts statuses = new StatusCounts();

    DistinctLoad(int port, CredentialRequests requests) {
        this.port = port;
        this.requests = requests;
    }

    /** Sends one request for each number, on a few connections. */
    StatusCounts send(CredentialKind kind, long from, long to) throws InterruptedException {
        var next = new AtomicLong(from);
        return inThreads(() -> send(kind, next, to));
    }

    private void send(CredentialKind kind, AtomicLong next, long to) {
        long number = next.getAndIncrement();
        while (number < to) {
            try (var connection = LoadConnection.to(port)) {
                while (number < to && !connection.closing()) {
                    statuses.add(connection.exchange(requests.request(kind, number)));
                    number = next.getAndIncrement();
                }
            } catch (IOException e) {
                statuses.add(0);
                number = next.getAndIncrement();
            }
        }
    }

    /** Sends one request for each number, with a wrong API key, each from another address of this machine. */
    StatusCounts sendFromAddresses(long from, long to) throws InterruptedException {
        var next = new AtomicLong(from);
        var request = requests.request(CredentialKind.API_KEY_ID, 0);
        return inThreads(() -> {
            for (long n = next.getAndIncrement(); n < to; n = next.getAndIncrement()) {
                try (var connection = LoadConnection.from(address(n), port)) {
                    statuses.add(connection.exchange(request));
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
