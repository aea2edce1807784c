package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link DocumentStore} for tests, which remembers what it was asked. Thread-safe. */
public final class MemoryDocumentStore implements DocumentStore {
    private static final AtomicInteger STORES = new AtomicInteger();

    private final String identity = "memory " + STORES.incrementAndGet();
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final List<Set<String>> finds = new CopyOnWriteArrayList<>();
    private final SimulatedLink line;
    private final InstantSource clock;
    private final @Nullable MemoryIdempotencyStore keys;

    /**
     * Nothing is kept yet.
     *
     * @param line passed by every operation
     * @param clock stamps what is kept
     */
    public MemoryDocumentStore(SimulatedLink line, InstantSource clock) {
        this(line, clock, null);
    }

    /** Creates an empty store that records idempotency keys there. */
    public MemoryDocumentStore(SimulatedLink line, InstantSource clock, @Nullable MemoryIdempotencyStore keys) {
        this.line = line;
        this.clock = clock;
        this.keys = keys;
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return keys != null;
    }

    /** What was looked for in each round trip, in the order they began. */
    public List<Set<String>> finds() {
        return finds;
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public Map<String, Document> find(Set<String> ids, CallContext scope) {
        finds.add(Set.copyOf(ids));
        line.pass();
        var found = new ConcurrentHashMap<>(documents);
        found.keySet().retainAll(ids);
        return found;
    }

    private <T> Optional<T> write(CallContext scope, Supplier<Optional<T>> effect) {
        line.pass();
        return keys == null ? effect.get() : keys.write(scope, effect);
    }

    @Override
    public Document save(String id, Json.Raw content, CallContext scope) {
        return write(scope, () -> Optional.of(merged(id, content))).orElseThrow();
    }

    private Document merged(String id, Json.Raw content) {
        return documents.merge(
                id,
                new Document(id, content, 1, clock.instant()),
                (present, saved) -> new Document(id, content, present.version() + 1, saved.updatedAt()));
    }

    @Override
    public OptionalLong delete(String id, @Nullable Revision revision, CallContext scope) {
        return write(scope, () -> deletedIfCurrent(id, revision)).stream()
                .mapToLong(Document::version)
                .findAny();
    }

    private Optional<Document> deletedIfCurrent(String id, @Nullable Revision revision) {
        return Optional.ofNullable(documents.get(id))
                .filter(document -> revision == null || revision.equals(document.revision()))
                .filter(document -> documents.remove(id, document));
    }
}
