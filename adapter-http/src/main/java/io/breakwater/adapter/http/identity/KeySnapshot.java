package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.jwk.JWKSet;
import io.breakwater.adapter.http.identity.HeaderCheck.KeyReference;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The usable keys of a key set, ready to verify.
 *
 * @param set the response of the issuer
 */
record KeySnapshot(JWKSet set, List<PublishedKey> keys) {
    static final KeySnapshot EMPTY = of(new JWKSet());

    static KeySnapshot of(JWKSet set) {
        var keys = set.getKeys().stream()
                .flatMap(key -> PublishedKey.of(key).stream())
                .toList();
        return new KeySnapshot(set, keys);
    }

    /** Returns whether the keys are from this response; an equal one is another. */
    @SuppressWarnings("ReferenceEquality")
    boolean isFrom(@Nullable JWKSet response) {
        return set == response;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** Returns the ids of the keys. */
    Collection<String> ids() {
        return keys.stream().flatMap(key -> Stream.ofNullable(key.keyId())).toList();
    }

    /** Returns the key with the id; without an id, the only key for the algorithm. */
    @Nullable
    SignatureVerifier find(KeyReference wanted) {
        @Nullable SignatureVerifier found = null;
        for (var key : keys) {
            var verifier = key.verifiers().get(wanted.algorithm());
            boolean matches = wanted.keyId() == null || wanted.keyId().equals(key.keyId());
            if (verifier != null && matches) {
                if (found != null) {
                    return null;
                }
                found = verifier;
            }
        }
        return found;
    }
}
