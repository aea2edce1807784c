package io.breakwater.core.business.authentication;

import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.port.support.NetworkAddress;

/**
 * The sender of a credential, for counting failed checks.
 *
 * @param network an IPv4 address, the first 64 bits of an IPv6 address, or another name of the peer
 * @param key the beginning of an API key, up to its id, or the key of proofs; empty for all credentials of the network
 */
public record FailureSource(String network, String key) {
    /**
     * Returns the source for all credentials from an address. An IPv6 host can use any address of its network, so all
     * addresses of a /64 network are one source.
     */
    public static FailureSource of(String address) {
        return new FailureSource(NetworkAddress.network(address), "");
    }

    /** Returns the source for one API key from the same network. */
    public FailureSource withKey(String id) {
        return new FailureSource(network, ApiKeyFormat.PREFIX + id);
    }

    /** Returns the source for proofs with one key from the same network. */
    public FailureSource withProofKey(String thumbprint) {
        return new FailureSource(network, "dpop " + thumbprint);
    }
}
