package io.breakwater.adapter.http.identity;

import static java.util.Objects.requireNonNull;

import io.breakwater.sample.identity.SigningKey;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keys for all tests, because RSA keys take time to generate. */
final class Keys {
    static final byte[] SECRET = new SecureRandom().generateSeed(48);
    static final SigningKey HS256 = SigningKey.secret("shared", SECRET);

    private static final Map<String, SigningKey> OURS = keys();
    private static final Map<String, SigningKey> OTHERS = keys();

    private Keys() {}

    /** Returns the key of the issuer for an algorithm; its id is {@code key-} and the algorithm. */
    static SigningKey of(String algorithm) {
        return requireNonNull(OURS.get(algorithm));
    }

    /** Returns a key of an attacker with the same id. */
    static SigningKey forged(String algorithm) {
        return requireNonNull(OTHERS.get(algorithm));
    }

    static SigningKey[] all() {
        return OURS.values().toArray(SigningKey[]::new);
    }

    private static Map<String, SigningKey> keys() {
        var rsa = SigningKey.generate("rsa", "RS256");
        return Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
                .collect(Collectors.toUnmodifiableMap(algorithm -> algorithm, algorithm -> key(algorithm, rsa)));
    }

    private static SigningKey key(String algorithm, SigningKey rsa) {
        boolean usesRsa = algorithm.startsWith("RS") || algorithm.startsWith("PS");
        var id = "key-" + algorithm;
        return usesRsa ? rsa.as(id, algorithm) : SigningKey.generate(id, algorithm);
    }
}
