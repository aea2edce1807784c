package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore.Document;
import java.util.Map;
import java.util.Set;

/**
 * Where documents are kept. The methods block, keep to the scope, and raise {@link io.breakwater.port.PortException}.
 * Thread-safe.
 */
public interface DocumentBook {

    /** Tells apart books whose documents must not be mixed up; the same on every replica. */
    String identity();

    /** Those of these documents that exist, by id, in one round trip. */
    Map<String, Document> find(Set<String> ids, CallContext scope);

    /** Keeps a document, replacing any other of that id. */
    Document save(String id, Json.Raw content, CallContext scope);
}
