package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.breakwater.adapter.http.identity.SigningAlgorithm.KeyType;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key that an issuer published, with a verifier for each algorithm for which it may be used.
 *
 * @param keyId its id; null if it has none
 */
record PublishedKey(@Nullable String keyId, Map<SigningAlgorithm, SignatureVerifier> verifiers) {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final BigInteger MAX_RSA_EXPONENT = BigInteger.ONE.shiftLeft(32);
    private static final int ED25519_BYTES = 32;

    /** What X.509 (RFC 8410) writes before the bytes of an Ed25519 key. */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    /** Returns the key, unless it is not meant or not suited for signatures. */
    static Optional<PublishedKey> of(JWK key) {
        if (!isForSignatures(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PublishedKey(key.getKeyID(), verifiers(key)))
                    .filter(one -> !one.verifiers.isEmpty());
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static boolean isForSignatures(JWK key) {
        var use = key.getKeyUse();
        var operations = key.getKeyOperations();
        return (use == null || use.equals(KeyUse.SIGNATURE))
                && (operations == null || operations.contains(KeyOperation.VERIFY));
    }

    private static Map<SigningAlgorithm, SignatureVerifier> verifiers(JWK key)
            throws JOSEException, GeneralSecurityException {
        return switch (key) {
            case RSAKey rsa -> rsa(rsa);
            case ECKey curve -> curve(curve);
            case OctetKeyPair pair
            when Curve.Ed25519.equals(pair.getCurve()) -> {
                var verifier = SignatureVerifier.ed25519(ed25519(pair.getDecodedX()));
                yield verifiers(key, KeyType.ED25519, algorithm -> verifier);
            }
            default -> Map.of();
        };
    }

    private static Map<SigningAlgorithm, SignatureVerifier> rsa(RSAKey key) throws JOSEException {
        var publicKey = key.toRSAPublicKey();
        if (!isSuitable(publicKey)) {
            return Map.of();
        }
        var verifier = new RSASSAVerifier(publicKey);
        return verifiers(key, KeyType.RSA, algorithm -> SignatureVerifier.nimbus(verifier, algorithm));
    }

    /** Very large numbers would make each verification expensive. */
    private static boolean isSuitable(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        var exponent = key.getPublicExponent();
        return bits >= MIN_RSA_BITS
                && bits <= MAX_RSA_BITS
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.compareTo(MAX_RSA_EXPONENT) < 0;
    }

    private static Map<SigningAlgorithm, SignatureVerifier> curve(ECKey key) throws JOSEException {
        var type = curveType(key.getCurve());
        if (type == null) {
            return Map.of();
        }
        var verifier = new ECDSAVerifier(key.toECPublicKey());
        return verifiers(key, type, algorithm -> SignatureVerifier.nimbus(verifier, algorithm));
    }

    private static @Nullable KeyType curveType(Curve curve) {
        if (curve.equals(Curve.P_256)) {
            return KeyType.P256;
        }
        if (curve.equals(Curve.P_384)) {
            return KeyType.P384;
        }
        return curve.equals(Curve.P_521) ? KeyType.P521 : null;
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        if (point.length != ED25519_BYTES) {
            throw new GeneralSecurityException("An Ed25519 key has 32 bytes");
        }
        var encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static Map<SigningAlgorithm, SignatureVerifier> verifiers(
            JWK key, KeyType type, Function<SigningAlgorithm, SignatureVerifier> create) {
        var only = key.getAlgorithm();
        var verifiers = new EnumMap<SigningAlgorithm, SignatureVerifier>(SigningAlgorithm.class);
        for (var algorithm : SigningAlgorithm.values()) {
            boolean fits = only == null || algorithm == SigningAlgorithm.named(only.getName());
            if (algorithm.keyType() == type && fits) {
                verifiers.put(algorithm, create.apply(algorithm));
            }
        }
        return verifiers;
    }
}
