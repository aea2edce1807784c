package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Stores documents: JSON values under ids. The methods block and raise {@link io.breakwater.port.PortException}.
 * Contract: {@code DocumentStoreContract}.
 */
public interface DocumentStore {

    /**
     * Identifies the store, so that cached documents of different stores are not confused. It contains no secret, and
     * is the same on every replica.
     */
    String identity();

    /**
     * Returns true if {@link #save} records the {@linkplain CallContext#idempotentWrite idempotent write} of a call in
     * its transaction, and raises {@code IdempotencyException}. Contract: {@code IdempotentWritesContract}.
     */
    default boolean recordsIdempotencyKeys() {
        return false;
    }

    /** Returns those of the documents that exist, by id, in one round trip. */
    Map<String, Document> find(Set<String> ids, CallContext context);

    /**
     * Stores a document, and replaces any other with that id; its version increases by one, from 1.
     *
     * @param content a JSON value, well-formed
     */
    Document save(String id, Json.Raw content, CallContext context);

    /**
     * Deletes a document. A later document with this id begins with version 1 again.
     *
     * @return the version of the deleted document; empty when there is no such document
     */
    OptionalLong delete(String id, CallContext context);

    /**
     * A document.
     *
     * @param content as it was saved: with exact numbers, and members in their order
     */
    record Document(String id, Json.Raw content, long version, Instant updatedAt) {}
}
