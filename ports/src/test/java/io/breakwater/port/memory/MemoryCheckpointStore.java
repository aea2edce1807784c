package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.driven.CheckpointStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@link CheckpointStore} for tests, behind a link that can fail. Thread-safe. */
public final class MemoryCheckpointStore implements CheckpointStore {
    private final Map<String, TreeMap<Long, LogCheckpoint>> logs = new HashMap<>(); // guarded by this
    private final SimulatedLink link;

    /**
     * Creates an empty store.
     *
     * @param link passed by every operation
     */
    public MemoryCheckpointStore(SimulatedLink link) {
        this.link = link;
    }

    @Override
    public Optional<LogCheckpoint> add(LogCheckpoint checkpoint, CallContext context) {
        link.pass();
        synchronized (this) {
            var stored = logs.computeIfAbsent(checkpoint.log(), name -> new TreeMap<>());
            var largest = stored.isEmpty() ? null : stored.lastEntry().getValue();
            if (largest != null && largest.size() >= checkpoint.size()) {
                return largest.equals(checkpoint) ? Optional.empty() : Optional.of(largest);
            }
            stored.put(checkpoint.size(), checkpoint);
            return Optional.empty();
        }
    }

    @Override
    public List<LogCheckpoint> find(String log, CallContext context) {
        link.pass();
        synchronized (this) {
            return List.copyOf(logs.getOrDefault(log, new TreeMap<>()).values());
        }
    }
}
