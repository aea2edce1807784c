package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * The documents we keep: JSON values under names. The methods block and raise {@link io.breakwater.port.PortException}.
 * Contract: {@code DocumentStoreContract}.
 */
public interface DocumentStore {

    /** Tells apart stores whose documents must not be mixed up; no secret in it. The same on every replica. */
    String identity();

    /** Those of these documents that exist, by id, in one round trip. */
    Map<String, Document> find(Set<String> ids, CallContext scope);

    /**
     * Keeps a document, replacing any other of that id; its version grows by one, from 1.
     *
     * @param content a JSON value, well-formed
     */
    Document save(String id, Json.Raw content, CallContext scope);

    /**
     * A document.
     *
     * @param content as it was saved: numbers exact, members in their order
     */
    record Document(String id, Json.Raw content, long version, Instant updatedAt) {}
}
