package io.breakwater.port.memory;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another store. A test overrides what should happen differently. */
public class ForwardingDocumentStore implements DocumentStore {
    private final DocumentStore store;

    public ForwardingDocumentStore(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String identity() {
        return store.identity();
    }

    @Override
    public boolean recordsIdempotencyKeys() {
        return store.recordsIdempotencyKeys();
    }

    @Override
    public Map<String, Document> find(Set<String> ids, CallContext context) {
        return store.find(ids, context);
    }

    @Override
    public Document save(String id, Json.Raw content, CallContext context) {
        return store.save(id, content, context);
    }

    @Override
    public OptionalLong delete(String id, @Nullable Revision revision, CallContext context) {
        return store.delete(id, revision, context);
    }
}
