package io.breakwater.adapter.http.outbound;

import io.breakwater.adapter.http.network.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A name server whose answers change from one look-up to the next; the last one stays. */
final class ResolverStub implements NameResolver {
    private final Map<String, Queue<List<InetAddress>>> answers = new HashMap<>();
    private int lookUps;

    /** Adds an answer with these addresses. */
    synchronized ResolverStub answer(String host, String... addresses) {
        answers.computeIfAbsent(host, ignored -> new ArrayDeque<>())
                .add(List.of(addresses).stream()
                        .map(address -> IpLiteral.parse(address).orElseThrow())
                        .toList());
        return this;
    }

    @Override
    public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
        lookUps++;
        var next = answers.get(host);
        if (next == null) {
            throw new UnknownHostException(host);
        }
        return next.size() > 1 ? next.remove() : next.element();
    }

    synchronized int lookUps() {
        return lookUps;
    }
}
