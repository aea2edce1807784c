package io.breakwater.core.business.session;

import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.NonceStore;
import java.time.Duration;
import java.util.Base64;

/**
 * Issues consents, and redeems each of them once. A consent that a client brings back from an earlier round is redeemed
 * before the call has an effect, so that a repeated request has none. Thread-safe.
 */
public final class ConsentService {
    private static final int NONCE_BYTES = 16;

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
        var nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(SecureIds.bytes(NONCE_BYTES));
        return new Consent(nonce, nonces.identity(), Consent.digestOf(message), given);
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
     * @throws RefusedException if it was redeemed before, or this server cannot know
     * @throws PortException.UnavailableException if the store of the nonces is not available
     */
    public void redeem(Consent consent) {
        if (!consent.store().equals(nonces.identity())) {
            throw refused(
                    "Another server asked for this confirmation, and the two servers do not share a record of used"
                            + " confirmations, so the call did nothing. Call again without requestState and inputResponses."
                            + " The operator can connect the servers through one Redis.");
        }
        if (!use(consent.nonce())) {
            throw refused("This confirmation was used before, so this call did nothing. To repeat the action, call"
                    + " again without requestState and inputResponses: the user is then asked again.");
        }
    }

    /** Makes a consent that the user has refused useless, as far as the store is available. */
    public void discard(Consent consent) {
        try {
            if (consent.store().equals(nonces.identity())) {
                var unused = nonces.use(consent.nonce(), ttl);
            }
        } catch (PortException.UnavailableException ignored) {
            return; // the refusal counts in any case
        }
    }

    private boolean use(String nonce) {
        try {
            return nonces.use(nonce, ttl);
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
