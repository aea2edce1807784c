package io.breakwater.port.driven;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * Returns true if {@link #save} and {@link #delete} record the {@linkplain CallContext#idempotentWrite idempotent
     * write} of a call in their transactions, and raise {@code IdempotencyException}. Contract: {@code
     * IdempotentWritesContract}.
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
     * Deletes a document atomically. A later document with this id begins with version 1 again.
     *
     * @param revision the revision that the document must have, or null for any
     * @return the version of the deleted document; empty when there is no such document, or it has another revision
     */
    OptionalLong delete(String id, @Nullable Revision revision, CallContext context);

    /**
     * A document.
     *
     * @param content as it was saved: with exact numbers, and members in their order
     */
    record Document(String id, Json.Raw content, long version, Instant updatedAt) {
        /** Returns the revision. */
        public Revision revision() {
            return new Revision(version, updatedAt);
        }
    }

    /**
     * Identifies one content of a document. The version alone does not: a document that is deleted and saved again has
     * the version 1 twice.
     *
     * @param version from 1, increased by one with each save
     * @param updatedAt the time of the save
     */
    record Revision(long version, Instant updatedAt) {}
}
