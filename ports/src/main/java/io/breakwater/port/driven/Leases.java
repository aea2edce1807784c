package io.breakwater.port.driven;

import java.time.Duration;

/**
 * Leases, which one holder at a time has for a limited time. A lease coordinates work that may run twice without harm;
 * it is not a lock for work that must run once. Contract: {@code LeasesContract}.
 */
public interface Leases {

    /**
     * Acquires the lease, or extends it when this holder has it already.
     *
     * @param name the name of the lease
     * @param holder the id of the holder; unguessable, so that no other holder can release the lease
     * @param ttl the time after which the lease is free again
     * @return false when another holder has it
     * @throws io.breakwater.port.PortException.UnavailableException when the store cannot be reached
     */
    boolean acquire(String name, String holder, Duration ttl);

    /** Releases the lease, if this holder has it. */
    void release(String name, String holder);
}
