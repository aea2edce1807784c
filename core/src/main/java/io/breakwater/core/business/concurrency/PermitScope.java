package io.breakwater.core.business.concurrency;

/** The limits in which a permit counts. */
public enum PermitScope {
    /** A call: it counts in the limits of the server, of its caller and of its cost class. */
    CALL,
    /**
     * An item of a batch: it counts in the limit of its cost class only, because the batch holds a permit that counts in
     * the others.
     */
    ITEM
}
