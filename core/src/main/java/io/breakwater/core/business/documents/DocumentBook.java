package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore.Document;
import java.util.Map;
import java.util.Set;

/**
 * The storage of documents. The methods block, observe the call context, and throw {@link
 * io.breakwater.port.PortException}. Thread-safe.
 */
public interface DocumentBook {

    /** Returns the identity of the storage, which is the same on every replica. */
    String identity();

    /** Returns the existing ones of these documents, by id, in one round trip. */
    Map<String, Document> find(Set<String> ids, CallContext context);

    /** Stores a document and replaces an existing one with this id. */
    Document save(String id, Json.Raw content, CallContext context);
}
