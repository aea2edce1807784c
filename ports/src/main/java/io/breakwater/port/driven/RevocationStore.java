package io.breakwater.port.driven;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.CallContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Stores which tokens were revoked before they expired, for all servers of a deployment. The methods block and raise
 * {@link io.breakwater.port.PortException}. Contract: {@code RevocationStoreContract}.
 */
public interface RevocationStore {

    /**
     * Stores a revocation. A second one of the same token counts as a change, and the later expiry counts. The store may
     * forget a revocation after its expiry.
     *
     * @param expires the time after which the token is not accepted anyway; give or take the clock skew of the servers
     */
    void revoke(TokenName token, Instant expires, CallContext context);

    /**
     * Returns the revocations with larger versions than this one, sorted by version. A revocation that is stored later
     * has a larger version than all that were returned before, also if several servers revoke at the same time.
     *
     * @param version that of the last known revocation; 0 for all
     * @param limit the maximum number of revocations
     */
    List<Revocation> changesSince(long version, int limit, CallContext context);

    /**
     * A token, or a group of tokens.
     *
     * @param issuer the issuer of the token ({@code iss})
     * @param id the id of the token ({@code jti}), or its part before the first full stop, which names a group
     */
    record TokenName(String issuer, String id) {
        /** Refuses null, and an empty id. */
        public TokenName {
            requireNonNull(issuer, "TokenName.issuer must not be null.");
            if (id.isEmpty()) {
                throw new IllegalArgumentException("The id of a token must not be empty.");
            }
        }
    }

    /**
     * A revocation.
     *
     * @param expires when it may be forgotten, in whole milliseconds
     * @param version from 1, increased with each change of the store
     */
    record Revocation(TokenName token, Instant expires, long version) {
        /** Refuses null, and truncates the time. */
        public Revocation {
            requireNonNull(token, "Revocation.token must not be null.");
            expires = expires.truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
