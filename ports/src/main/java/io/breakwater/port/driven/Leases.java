package io.breakwater.port.driven;

import java.time.Duration;

/**
 * Something that one holder at a time may have, for a while. A lease coordinates work that may be done twice without
 * harm; it is no lock for what must not. Contract: {@code LeasesContract}.
 */
public interface Leases {

    /**
     * Takes the lease, or takes it for longer when this holder has it already.
     *
     * @param name what is leased
     * @param holder who wants it; unguessable, so that nobody else gives it back
     * @param ttl after which it is free again
     * @return false when somebody else has it
     * @throws io.breakwater.port.PortException.Unavailable when nobody can tell
     */
    boolean acquire(String name, String holder, Duration ttl);

    /** Gives the lease back, if this holder has it. */
    void release(String name, String holder);
}
