package io.breakwater.port.driven;

import static io.breakwater.port.support.SettingChecks.positive;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Issues signed tokens that the servers of the deployment accept until they expire or are revoked. Thread-safe; never
 * blocks. Contract: {@code TokenIssuerContract}.
 */
@FunctionalInterface
public interface TokenIssuer {

    /** Issues a token. Each token has an id of its own. */
    IssuedToken issue(TokenRequest request);

    /**
     * The contents of a token.
     *
     * @param subject the identifier of its owner ({@code sub})
     * @param userId the id of the account ({@code user_id})
     * @param roles the roles that it gives
     * @param group the part of its id before the first full stop, by which a group of tokens is revoked; empty for none
     * @param lifetime the time until it expires
     */
    record TokenRequest(String subject, String userId, Set<String> roles, String group, Duration lifetime) {
        /** Refuses null, an empty subject, a group with a full stop and a lifetime that is not positive. */
        public TokenRequest {
            requireNonNull(userId, "TokenRequest.userId must not be null.");
            roles = Set.copyOf(roles);
            positive(lifetime, "TokenRequest.lifetime");
            if (subject.isEmpty() || group.indexOf('.') >= 0) {
                throw new IllegalArgumentException(
                        "The subject of a token must not be empty, and its group must not contain a full stop.");
            }
        }
    }

    /**
     * A token. Its text form does not contain the token itself.
     *
     * @param token the signed token, which is a secret
     * @param id its id ({@code jti}), by which it is revoked
     * @param expires when it expires, in whole seconds
     */
    record IssuedToken(String token, String id, Instant expires) {
        /** Refuses null. */
        public IssuedToken {
            requireNonNull(token, "IssuedToken.token must not be null.");
            requireNonNull(id, "IssuedToken.id must not be null.");
            requireNonNull(expires, "IssuedToken.expires must not be null.");
        }

        @Override
        public String toString() {
            return "IssuedToken[id=" + id + ", expires=" + expires + "]";
        }
    }
}
