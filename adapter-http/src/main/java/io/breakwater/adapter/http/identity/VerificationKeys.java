package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import io.breakwater.adapter.http.identity.HeaderCheck.KeyReference;
import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.Collection;

/** The keys of one issuer. Thread-safe. */
interface VerificationKeys {

    /** Looks a key up without waiting. */
    Lookup find(KeyReference key);

    /** Looks a key up, and asks the issuer for it if necessary; waits for at most the time that remains. */
    Lookup load(KeyReference key, CallContext context);

    /** The result of a look-up. */
    sealed interface Lookup {}

    /** The key is known. */
    record Found(SignatureVerifier verifier) implements Lookup {}

    /**
     * The issuer has no such key.
     *
     * @param known the ids of the keys that it has
     */
    record Absent(Collection<String> known) implements Lookup {}

    /** The issuer may have such a key; {@link #load} asks it. */
    record NotLoaded() implements Lookup {}

    /** The issuer cannot be asked at present. */
    record Unreachable(String reason, Duration retryAfter) implements Lookup {}

    /** A shared secret is the only key, whatever its id. */
    static VerificationKeys secret(byte[] secret) {
        try {
            var verifier = new MACVerifier(secret);
            return new FixedKey(new Found(SignatureVerifier.nimbus(verifier, SigningAlgorithm.HS256)));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret is too short for HS256.", e);
        }
    }

    /** One key that never changes. */
    record FixedKey(Lookup key) implements VerificationKeys {
        @Override
        public Lookup find(KeyReference reference) {
            return key;
        }

        @Override
        public Lookup load(KeyReference reference, CallContext context) {
            return key;
        }
    }
}
