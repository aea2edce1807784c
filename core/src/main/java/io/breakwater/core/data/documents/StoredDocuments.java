package io.breakwater.core.data.documents;

import io.breakwater.core.business.documents.DocumentBook;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.DocumentStore.Document;
import java.util.Map;
import java.util.Set;

/** Documents on the {@link DocumentStore} port. */
public final class StoredDocuments implements DocumentBook {
    private final DocumentStore store;

    /** Uses this store. */
    public StoredDocuments(DocumentStore store) {
        this.store = store;
    }

    @Override
    public String identity() {
        return store.identity();
    }

    @Override
    public Map<String, Document> find(Set<String> ids, CallContext context) {
        return store.find(ids, context);
    }

    @Override
    public Document save(String id, Json.Raw content, CallContext context) {
        return store.save(id, content, context);
    }
}
