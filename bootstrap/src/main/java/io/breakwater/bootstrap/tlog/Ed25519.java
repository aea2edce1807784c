package io.breakwater.bootstrap.tlog;

import io.breakwater.port.support.Sha256;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 keys as C2SP writes them: 32 bytes, after a byte for the type of the signature. */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    static final byte SIGNATURE_TYPE = 1;
    static final int KEY_ID_BYTES = 4;

    /** What X.509 writes before the 32 bytes of a public key (RFC 8410 section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** Returns the key pair of a seed (RFC 8032 section 5.1.5). */
    static KeyPair fromSeed(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new FixedSeed(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform since 15 must have Ed25519.", e);
        }
    }

    static byte[] bytes(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    static PublicKey publicKey(byte[] bytes) {
        try {
            var encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
            System.arraycopy(bytes, 0, encoded, X509.length, KEY_BYTES);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new InvalidNoteException("the key is not an Ed25519 key", e);
        }
    }

    /** Returns the first bytes of the digest of the name, a line break, the type and the public key. */
    static byte[] keyId(String name, byte[] publicKey) {
        var digest = Sha256.begin();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(SIGNATURE_TYPE);
        return Arrays.copyOf(digest.digest(publicKey), KEY_ID_BYTES);
    }

    /** A source of randomness that is the seed: the JDK derives a public key from a private one only in this way. */
    private static final class FixedSeed extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        FixedSeed(byte[] seed) {
            super(null, null);
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
