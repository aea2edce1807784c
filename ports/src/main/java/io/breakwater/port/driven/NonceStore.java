package io.breakwater.port.driven;

import java.time.Duration;

/**
 * Records nonces that were used, so that each can be used once. It never forgets a nonce before its time: a store
 * without free capacity refuses new nonces. The methods may block. Contract: {@code NonceStoreContract}.
 */
public interface NonceStore {

    /**
     * Identifies the records: a nonce that one store has recorded counts as used in every store with this identity. It
     * contains no secret, and never changes.
     */
    String identity();

    /**
     * Records a nonce and its use. Of several concurrent calls with the same nonce and different uses, on all servers,
     * exactly one returns true. A repeated call with the recorded use returns true again, and does not extend the TTL.
     *
     * @param nonce an unguessable value
     * @param use identifies the one use of the nonce, for example a random value
     * @param ttl the time for which the nonce counts as used, from now on; at least until nothing accepts it any more
     * @return false when it has another use
     * @throws io.breakwater.port.PortException.UnavailableException when the store cannot be reached or has no free
     *     capacity; the nonce may have been recorded
     */
    boolean use(String nonce, String use, Duration ttl);
}
