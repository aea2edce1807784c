package io.breakwater.adapter.http.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The algorithms of signed tokens (RFC 7518 section 3.1, RFC 8037). There is no {@code none}. */
public enum SigningAlgorithm {
    /** HMAC with SHA-256 and a shared secret. */
    HS256("HS256", KeyType.SECRET),
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("RS256", KeyType.RSA),
    /** RSASSA-PKCS1-v1_5 with SHA-384. */
    RS384("RS384", KeyType.RSA),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RS512("RS512", KeyType.RSA),
    /** RSASSA-PSS with SHA-256. */
    PS256("PS256", KeyType.RSA),
    /** RSASSA-PSS with SHA-384. */
    PS384("PS384", KeyType.RSA),
    /** RSASSA-PSS with SHA-512. */
    PS512("PS512", KeyType.RSA),
    /** ECDSA on P-256 with SHA-256. */
    ES256("ES256", KeyType.P256),
    /** ECDSA on P-384 with SHA-384. */
    ES384("ES384", KeyType.P384),
    /** ECDSA on P-521 with SHA-512. */
    ES512("ES512", KeyType.P521),
    /** Ed25519; its name in tokens is {@code EdDSA}, or {@code Ed25519} as in RFC 9864. */
    EDDSA("EdDSA", KeyType.ED25519);

    private static final Map<String, SigningAlgorithm> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(one -> one.text, Function.identity()));
    private static final String ED25519 = "Ed25519";

    private final String text;
    private final KeyType keyType;

    SigningAlgorithm(String text, KeyType keyType) {
        this.text = text;
        this.keyType = keyType;
    }

    /** Returns the name in the header of tokens. */
    public String text() {
        return text;
    }

    KeyType keyType() {
        return keyType;
    }

    /** Returns the algorithms that use a key pair, so that the issuer publishes the key. */
    public static Set<SigningAlgorithm> asymmetric() {
        return EnumSet.complementOf(EnumSet.of(HS256));
    }

    /** Returns the algorithm of that name, or null; upper and lower case differ. */
    public static @Nullable SigningAlgorithm named(String name) {
        return name.equals(ED25519) ? EDDSA : BY_NAME.get(name);
    }

    /** Returns whether a signature can have this number of bytes. */
    boolean canHaveSignature(int bytes) {
        return bytes == keyType.signatureBytes || (keyType == KeyType.RSA && bytes > keyType.signatureBytes);
    }

    /** What a key is; it determines the algorithms for which the key may be used. */
    enum KeyType {
        SECRET(32),
        RSA(256),
        P256(64),
        P384(96),
        P521(132),
        ED25519(64);

        private final int signatureBytes;

        KeyType(int signatureBytes) {
            this.signatureBytes = signatureBytes;
        }
    }
}
