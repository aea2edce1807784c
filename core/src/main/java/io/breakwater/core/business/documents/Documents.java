package io.breakwater.core.business.documents;

import io.breakwater.port.CallScope;
import io.breakwater.port.Failure;
import io.breakwater.port.Failure.Refused.Reason;
import io.breakwater.port.Json;
import io.breakwater.port.driven.DocumentStore.Document;

/** Finds and saves documents. The methods block and raise {@link Failure}. Thread-safe. */
public final class Documents {
    private final DocumentBook book;
    private final GatheredLoads loads;

    /** Out of that book, whose loads are gathered. */
    public Documents(DocumentBook book, GatheredLoads loads) {
        this.book = book;
        this.loads = loads;
    }

    /** The document of that id, as it is now. */
    public Document get(String id, CallScope scope) {
        return loads.load(id, scope)
                .orElseThrow(() -> new Failure.Refused(Reason.NOT_FOUND, "There is no document " + id + ".", null));
    }

    /**
     * Keeps a document, replacing any other of that id.
     *
     * @param content a JSON value, well-formed
     */
    public Document save(String id, Json.Raw content, CallScope scope) {
        return book.save(id, content, scope);
    }
}
