package io.breakwater.core.business.authentication;

/** Is notified of each request that is not authenticated. Thread-safe; must not block. */
@FunctionalInterface
public interface FailureListener {

    /**
     * A request was refused.
     *
     * @param address the address of the peer
     * @param detail the explanation for the log, without the credential; empty if the reason says it all
     */
    void failed(FailureReason reason, String address, String detail);
}
