package io.breakwater.port.driving;

import static java.util.Objects.requireNonNull;

import io.breakwater.port.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The answer of an {@link Authenticator}. */
public sealed interface Authentication {

    /**
     * The sender is known.
     *
     * @param principal the sender
     * @param expires when the credential expires, which ends the streams that it opened; null for never
     * @param revoked whether the credential was revoked since, or its rights changed, which ends the streams too; asked
     *     every second while a stream is open. It must not block, and a failure counts as revoked
     */
    record Authenticated(Principal principal, @Nullable Instant expires, BooleanSupplier revoked)
            implements Authentication {
        /** For a credential that cannot be revoked. */
        public static final BooleanSupplier NEVER_REVOKED = () -> false;

        /** A caller without identity. */
        public static final Authenticated ANONYMOUS = new Authenticated(Principal.ANONYMOUS);

        /** Refuses a missing principal. */
        public Authenticated {
            requireNonNull(principal, "Authenticated.principal must not be null.");
            requireNonNull(revoked, "Authenticated.revoked must not be null.");
        }

        /** A sender whose credential does not expire, and cannot be revoked. */
        public Authenticated(Principal principal) {
            this(principal, null);
        }

        /** A sender whose credential cannot be revoked. */
        public Authenticated(Principal principal, @Nullable Instant expires) {
            this(principal, expires, NEVER_REVOKED);
        }

        /** Whether the credential is valid for as long as the process runs. */
        public boolean isPermanent() {
            return expires == null && revoked.equals(NEVER_REVOKED);
        }

        /** Whether the credential is no longer valid. */
        public boolean hasEnded(Instant now) {
            return (expires != null && !now.isBefore(expires)) || isRevoked();
        }

        /** Whether the credential was revoked, or its rights changed. */
        public boolean isRevoked() {
            try {
                return revoked.getAsBoolean();
            } catch (RuntimeException unknown) {
                return true;
            }
        }
    }

    /**
     * The message is refused, because it has no credential, or not a valid one.
     *
     * @param status the HTTP status: 401 with {@code WWW-Authenticate} (RFC 9110 section 11.6.1), 400 for a malformed
     *     credential, or 429 with {@code Retry-After} after too many failures
     * @param fields the header fields of the response
     * @param message what the caller can do, in one sentence; it must not repeat the credential
     */
    record Challenge(int status, Map<String, String> fields, String message) implements Authentication {
        /** Refuses a status of success, and null. */
        public Challenge {
            if (status < 400 || status > 499) {
                throw new IllegalArgumentException("The status of a challenge is between 400 and 499, not " + status);
            }
            fields = Map.copyOf(fields);
            requireNonNull(message, "Challenge.message must not be null.");
        }

        /** A 401 with this value of {@code WWW-Authenticate}. */
        public static Challenge of(String challenge, String message) {
            return new Challenge(401, Map.of("WWW-Authenticate", challenge), message);
        }
    }

    /**
     * The sender cannot be determined at present, for example because the identity provider cannot be reached (503).
     *
     * @param retryAfter the time after which a retry may succeed
     */
    record Unavailable(Duration retryAfter) implements Authentication {
        /** Refuses a missing time. */
        public Unavailable {
            requireNonNull(retryAfter, "Unavailable.retryAfter must not be null.");
        }
    }
}
