package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.DocumentStore;
import io.breakwater.port.driven.DocumentStore.Document;
import io.breakwater.port.driven.DocumentStore.Revision;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds, saves and deletes documents. The methods block and throw {@link PortException}. Thread-safe.
 *
 * <p>Invalid ids never reach the storage: loads are batched, and one invalid id would fail all loads of its batch.
 */
public final class Documents {
    private static final int MAX_ID_LENGTH = 200;
    private static final String ID_FORM =
            "an id has 1 to " + MAX_ID_LENGTH + " characters, none of them a space or a control character.";

    private final DocumentStore store;
    private final BatchLoader loads;

    /** Creates an instance on a storage and its batch loader. */
    public Documents(DocumentStore store, BatchLoader loads) {
        this.store = store;
        this.loads = loads;
    }

    /** Returns the identity of the storage, which is the same on every replica. */
    public String identity() {
        return store.identity();
    }

    /** Returns true if a save or a deletion with an idempotency key happens exactly once. */
    public boolean recordsIdempotencyKeys() {
        return store.recordsIdempotencyKeys();
    }

    /** Returns the current version of a document. */
    public Document get(String id, CallContext context) {
        if (!isId(id)) {
            throw new PortException.RefusedException(Reason.NOT_FOUND, "There is no such document: " + ID_FORM, null);
        }
        return loads.load(id, context).orElseThrow(() -> notFound(id));
    }

    /** Returns a document that a call would replace; empty if there is none. */
    public Optional<Document> find(String id, CallContext context) {
        if (!isId(id)) {
            throw invalidId();
        }
        return loads.load(id, context);
    }

    private static PortException invalidId() {
        return new PortException.RefusedException(Reason.INVALID, "This is not a valid document id: " + ID_FORM, null);
    }

    /**
     * Stores a document and replaces an existing one with this id.
     *
     * @param content a well-formed JSON value
     */
    public Document save(String id, Json.Raw content, CallContext context) {
        if (!isId(id)) {
            throw invalidId();
        }
        return store.save(id, content, context);
    }

    /**
     * Deletes a document, and returns its last version.
     *
     * @param revision the revision on which the deletion is based; null for the current one
     */
    public long delete(String id, @Nullable Revision revision, CallContext context) {
        if (!isId(id)) {
            throw new PortException.RefusedException(Reason.NOT_FOUND, "There is no such document: " + ID_FORM, null);
        }
        return store.delete(id, revision, context)
                .orElseThrow(() -> revision == null ? notFound(id) : conflict(get(id, context)));
    }

    private static PortException conflict(Document document) {
        return new PortException.RefusedException(
                Reason.CONFLICT,
                "Document " + document.id() + " is now at version " + document.version() + ", saved at "
                        + document.updatedAt() + ", and was not deleted: the deletion is based on an earlier content.",
                null);
    }

    private static PortException notFound(String id) {
        return new PortException.RefusedException(Reason.NOT_FOUND, "There is no document " + id + ".", null);
    }

    private static boolean isId(String text) {
        int length = text.codePointCount(0, text.length());
        return length > 0
                && length <= MAX_ID_LENGTH
                && text.chars().noneMatch(c -> c == ' ' || Character.isISOControl(c));
    }
}
