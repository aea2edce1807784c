package io.breakwater.core.business.authentication;

import io.breakwater.port.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The result of the check of a credential. */
public sealed interface CredentialResult {

    /**
     * The credential is valid.
     *
     * @param principal the identity and rights that it gives
     * @param expires when it expires; null for never
     * @param revoked whether it was revoked since; never blocks
     * @param keyThumbprint the thumbprint of the key to which it is bound; null if it is not bound
     */
    record Accepted(
            Principal principal,
            @Nullable Instant expires,
            BooleanSupplier revoked,
            @Nullable String keyThumbprint) implements CredentialResult {
        /** Creates the result of a credential that is not bound to a key. */
        public Accepted(Principal principal, @Nullable Instant expires, BooleanSupplier revoked) {
            this(principal, expires, revoked, null);
        }
    }

    /**
     * The credential is not valid.
     *
     * @param reason why
     * @param detail the explanation for the log, without the credential; empty if the reason says it all
     */
    record Refused(FailureReason reason, String detail) implements CredentialResult {
        /** Creates a refusal whose reason says it all. */
        public Refused(FailureReason reason) {
            this(reason, "");
        }
    }

    /**
     * The credential is not checked, because too many checks failed before.
     *
     * @param retryAfter the time after which it will be checked
     */
    record Limited(Duration retryAfter) implements CredentialResult {}

    /**
     * The credential cannot be checked at present, and is therefore not accepted.
     *
     * @param retryAfter the time after which a retry may succeed
     * @param detail the explanation for the log, without the credential
     * @param reason why
     */
    record Undecided(Duration retryAfter, String detail, FailureReason reason) implements CredentialResult {
        /** Creates the result of a check that is not possible. */
        public Undecided(Duration retryAfter, String detail) {
            this(retryAfter, detail, FailureReason.UNAVAILABLE);
        }
    }
}
