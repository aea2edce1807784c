package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.DocumentStore.Document;

/**
 * Finds and saves documents. The methods block and raise {@link PortException}. Thread-safe.
 *
 * <p>What could be no document's id never reaches the book: loads are gathered, and one that the book cannot take would
 * fail for all that go with it.
 */
public final class Documents {
    private static final int LONGEST_ID = 200;
    private static final String FORM =
            "an id has 1 to " + LONGEST_ID + " characters, none of them a space or a control character.";

    private final DocumentBook book;
    private final BatchLoader loads;

    /** Out of that book, whose loads are gathered. */
    public Documents(DocumentBook book, BatchLoader loads) {
        this.book = book;
        this.loads = loads;
    }

    /** Tells apart places whose documents must not be mixed up; the same on every replica. */
    public String identity() {
        return book.identity();
    }

    /** The document of that id, as it is now. */
    public Document get(String id, CallContext scope) {
        if (!isId(id)) {
            throw new PortException.RefusedException(Reason.NOT_FOUND, "There is no such document: " + FORM, null);
        }
        return loads.load(id, scope)
                .orElseThrow(() ->
                        new PortException.RefusedException(Reason.NOT_FOUND, "There is no document " + id + ".", null));
    }

    /**
     * Keeps a document, replacing any other of that id.
     *
     * @param content a JSON value, well-formed
     */
    public Document save(String id, Json.Raw content, CallContext scope) {
        if (!isId(id)) {
            throw new PortException.RefusedException(Reason.INVALID, "This is no id for a document: " + FORM, null);
        }
        return book.save(id, content, scope);
    }

    private static boolean isId(String text) {
        int length = text.codePointCount(0, text.length());
        return length > 0 && length <= LONGEST_ID && text.chars().noneMatch(c -> c == ' ' || Character.isISOControl(c));
    }
}
