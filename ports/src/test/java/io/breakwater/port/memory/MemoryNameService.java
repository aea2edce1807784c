package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.NameService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names in memory, which a test changes. An unknown name does not exist. Thread-safe. */
public final class MemoryNameService implements NameService {
    private static final Duration TTL = Duration.ofSeconds(30);

    private final Map<String, Answer<String>> hosts = new ConcurrentHashMap<>();
    private final Map<String, Answer<Target>> services = new ConcurrentHashMap<>();
    private volatile boolean down;

    /** Creates a service without names. */
    public MemoryNameService() {}

    /** Sets the addresses of a host. */
    public MemoryNameService host(String name, Duration ttl, String... addresses) {
        hosts.put(name, new Answer<>(List.of(addresses), ttl));
        return this;
    }

    /** Sets the targets of a service. */
    public MemoryNameService service(String name, Duration ttl, Target... targets) {
        services.put(name, new Answer<>(List.of(targets), ttl));
        return this;
    }

    /** Sets whether no name server answers. */
    public void down(boolean isDown) {
        down = isDown;
    }

    @Override
    public Answer<String> addresses(String host, CallContext context) {
        return answer(hosts.getOrDefault(host, new Answer<>(List.of(), TTL)));
    }

    @Override
    public Answer<Target> targets(String name, CallContext context) {
        return answer(services.getOrDefault(name, new Answer<>(List.of(), TTL)));
    }

    private <T> T answer(T answer) {
        if (down) {
            throw new UnavailableException("No name server answers.", null, null);
        }
        return answer;
    }
}
