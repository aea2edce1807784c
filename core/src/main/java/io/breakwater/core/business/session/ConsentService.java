package io.breakwater.core.business.session;

import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Issues consents, and redeems each of them once. A consent that a client brings back from an earlier round is redeemed
 * before the call has an effect, so that a repeated request has none. Thread-safe.
 */
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.REDIS,
        failure = "down or frozen",
        effect = OutageEffect.DENY,
        behavior =
                "Revision 2026-07-28: a confirmed call ends with `EXTERNAL_ERROR` and does nothing; the client may send "
                        + "it again. Earlier revisions and tasks need no record.",
        recovery = "Confirmed calls act again when Redis answers.",
        signal = "health cause `redis`; `mcp_errors_total{error_type=\"external_error\"}`",
        details = "confirmation.md#when-redis-is-not-available")
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.REDIS,
        failure = "full or read-only",
        effect = OutageEffect.DENY,
        behavior = "A confirmed call ends with `EXTERNAL_ERROR` and does nothing.",
        recovery = "Confirmed calls act again when Redis accepts writes.",
        signal = "health cause `cache`, with the reason",
        details = "confirmation.md#when-redis-is-not-available")
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.REDIS,
        failure = "losing its response",
        effect = OutageEffect.DENY,
        behavior =
                "The call ends with `EXTERNAL_ERROR` and does nothing. A repetition ends with `CONFLICT`, because the "
                        + "confirmation counts as used.",
        recovery = "The user must confirm a new call.",
        signal = "`mcp_redis_late_total`",
        details = "confirmation.md#when-redis-is-not-available")
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.REDIS,
        failure = "restarted empty",
        effect = OutageEffect.ALLOW,
        behavior =
                "A request that was confirmed before can be sent again and acts again, because only Redis knew that it "
                        + "was used; so it can if Redis evicts this record. Only a second record could prevent it. A Redis with a "
                        + "replica and `noeviction` makes it rare.",
        recovery = "The request expires after `limits.input-timeout`.",
        signal = "the log of Redis",
        details = "confirmation.md#when-redis-is-not-available")
@OutageBehavior(
        guard = "confirmation",
        dependency = GuardDependency.PROCESS,
        failure = "restarted, without Redis",
        effect = OutageEffect.DENY,
        behavior = "A confirmation for which the server asked before ends with `CONFLICT`.",
        recovery = "The user confirms a new call.",
        signal = "`mcp_errors_total{error_type=\"conflict\"}`",
        details = "confirmation.md#several-servers")
public final class ConsentService {
    private static final int NONCE_BYTES = 16;
    private static final String REFUSED = "refused";

    /** The clocks of servers may differ, so a nonce is recorded for longer than sealed state is valid. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final NonceStore nonces;
    private final Duration ttl;

    /**
     * Creates the service.
     *
     * @param validity how long sealed state is valid
     */
    public ConsentService(NonceStore nonces, Duration validity) {
        this.nonces = nonces;
        this.ttl = validity.plus(CLOCK_DIFFERENCE);
    }

    /** Returns a new consent to a message, which the user has not given yet. */
    public Consent request(String message) {
        return create(message, false);
    }

    /**
     * Returns a new consent to a message, which the user has given in this call: for a later round of the call, if its
     * handler sends further client requests.
     */
    public Consent continued(String message) {
        return create(message, true);
    }

    private Consent create(String message, boolean given) {
        return new Consent(random(), nonces.identity(), Consent.digestOf(message), given);
    }

    /**
     * Checks that a consent is still one to this message.
     *
     * @throws RefusedException if the message differs, because the data that it describes has changed
     */
    public void requireSame(Consent consent, String message) {
        if (!consent.digest().equals(Consent.digestOf(message))) {
            throw refused("The data that the user was asked about has changed since then, so the call did nothing. Call"
                    + " again, so that the user can decide again.");
        }
    }

    /**
     * Redeems a consent from an earlier round. It may block.
     *
     * @param key the idempotency key of the call; null for none. The attempts of a call with one key redeem a consent
     *     together, since one of them at most has an effect
     * @throws RefusedException if it was redeemed before, or this server cannot know
     * @throws PortException.UnavailableException if the store of the nonces is not available
     */
    public void redeem(Consent consent, @Nullable IdempotencyKey key) {
        if (!consent.store().equals(nonces.identity())) {
            throw refused(
                    "Another server asked for this confirmation, and the two servers do not share a record of used"
                            + " confirmations, so the call did nothing. Call again without requestState and inputResponses."
                            + " The operator can connect the servers through one Redis.");
        }
        if (!use(consent.nonce(), attempt(key))) {
            throw refused("This confirmation was used before, so this call did nothing. To repeat the action, call"
                    + " again without requestState and inputResponses: the user is then asked again.");
        }
    }

    /** Makes a consent that the user has refused useless, as far as the store is available. */
    public void discard(Consent consent) {
        try {
            if (consent.store().equals(nonces.identity())) {
                var unused = nonces.use(consent.nonce(), REFUSED, ttl);
            }
        } catch (PortException.UnavailableException ignored) {
            return; // the refusal counts in any case
        }
    }

    /** A key that is forgotten before the consent has expired protects from no second effect. */
    private String attempt(@Nullable IdempotencyKey key) {
        return key != null && key.retention().compareTo(ttl) >= 0 ? key.digest() : random();
    }

    private static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(SecureIds.bytes(NONCE_BYTES));
    }

    private boolean use(String nonce, String attempt) {
        try {
            return nonces.use(nonce, attempt, ttl);
        } catch (PortException.UnavailableException down) {
            throw new PortException.UnavailableException(
                    "The server cannot check now whether this confirmation was used before, so the call did nothing.",
                    down.retryAfter(),
                    down.getCause());
        }
    }

    private static RefusedException refused(String message) {
        return new RefusedException(Reason.CONFLICT, message, null);
    }
}
