package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.LoginFailures;
import java.util.HashMap;
import java.util.Map;

/** {@link LoginFailures} for tests. Replicas share them by sharing the object. Thread-safe. */
public final class MemoryLoginFailures implements LoginFailures {
    private final Map<String, Counter> counters = new HashMap<>(); // guarded by this
    private final SimulatedLink line;

    /**
     * Creates an empty store.
     *
     * @param line passed by every operation
     */
    public MemoryLoginFailures(SimulatedLink line) {
        this.line = line;
    }

    @Override
    public Counter find(String key, CallContext scope) {
        line.pass();
        synchronized (this) {
            return counters.getOrDefault(key, Counter.NONE);
        }
    }

    @Override
    public boolean replace(String key, Counter expected, Counter replacement, CallContext scope) {
        line.pass();
        synchronized (this) {
            if (!counters.getOrDefault(key, Counter.NONE).equals(expected)) {
                return false;
            }
            if (replacement.equals(Counter.NONE)) {
                counters.remove(key);
            } else {
                counters.put(key, replacement);
            }
            return true;
        }
    }
}
