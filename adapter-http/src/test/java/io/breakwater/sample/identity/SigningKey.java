package io.breakwater.sample.identity;

import io.breakwater.port.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A real key of an issuer, for one algorithm. */
public final class SigningKey {
    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String id;
    private final String algorithm;
    private final Key signing;
    private final Json.Obj published;

    private SigningKey(String id, String algorithm, Key signing, Json.Obj published) {
        this.id = id;
        this.algorithm = algorithm;
        this.signing = signing;
        this.published = published;
    }

    /** Generates a key pair for an algorithm, such as {@code RS256}, {@code PS384}, {@code ES512} or {@code EdDSA}. */
    public static SigningKey generate(String id, String algorithm) {
        try {
            return of(id, algorithm, keyPair(algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Generates a pair of RSA keys of this size. */
    public static SigningKey rsa(String id, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return of(id, "RS256", generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A secret for HS256; it may be anything, for example the text of a public key. */
    public static SigningKey secret(String id, byte[] secret) {
        return new SigningKey(id, "HS256", new SecretKeySpec(secret, "HmacSHA256"), Json.Obj.EMPTY);
    }

    /** Returns the same key with another id, and for another algorithm of the same kind of key. */
    public SigningKey as(String otherId, String otherAlgorithm) {
        var jwk = Json.object();
        published.members().forEach(jwk::put);
        jwk.put("kid", otherId).put("alg", otherAlgorithm);
        return new SigningKey(otherId, otherAlgorithm, signing, jwk.build());
    }

    private static SigningKey of(String id, String algorithm, KeyPair pair) {
        var jwk = Json.object().put("kid", id).put("use", "sig").put("alg", algorithm);
        members(algorithm, pair).members().forEach(jwk::put);
        return new SigningKey(id, algorithm, pair.getPrivate(), jwk.build());
    }

    private static KeyPair keyPair(String algorithm) throws GeneralSecurityException {
        if (algorithm.equals("EdDSA")) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        if (algorithm.startsWith("ES")) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp" + bits(algorithm) + "r1"));
            return generator.generateKeyPair();
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        return generator.generateKeyPair();
    }

    private static int bits(String algorithm) {
        return algorithm.equals("ES512") ? 521 : Integer.parseInt(algorithm.substring(2));
    }

    private static Json.Obj members(String algorithm, KeyPair pair) {
        return switch (pair.getPublic()) {
            case RSAPublicKey key ->
                Json.object()
                        .put("kty", "RSA")
                        .put("n", encoded(unsigned(key.getModulus())))
                        .put("e", encoded(unsigned(key.getPublicExponent())))
                        .build();
            case ECPublicKey key -> curve(key, bits(algorithm));
            default -> {
                var x509 = pair.getPublic().getEncoded();
                var point = Arrays.copyOfRange(x509, x509.length - ED25519_BYTES, x509.length);
                yield Json.object()
                        .put("kty", "OKP")
                        .put("crv", "Ed25519")
                        .put("x", encoded(point))
                        .build();
            }
        };
    }

    private static Json.Obj curve(ECPublicKey key, int bits) {
        int length = (bits + 7) / 8;
        return Json.object()
                .put("kty", "EC")
                .put("crv", "P-" + bits)
                .put("x", encoded(padded(key.getW().getAffineX(), length)))
                .put("y", encoded(padded(key.getW().getAffineY(), length)))
                .build();
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] padded(BigInteger number, int length) {
        var bytes = unsigned(number);
        var padded = new byte[length];
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }

    static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    /** Returns the key id. */
    public String id() {
        return id;
    }

    /** Returns the algorithm, as in the header of a token. */
    public String algorithm() {
        return algorithm;
    }

    /** Returns the public key as an element of a key set (RFC 7517). */
    public Json.Obj published() {
        return published;
    }

    /** Signs a text. */
    public byte[] sign(String input) {
        var bytes = input.getBytes(StandardCharsets.US_ASCII);
        try {
            if (signing instanceof PrivateKey key) {
                var signature = signature();
                signature.initSign(key);
                signature.update(bytes);
                return signature.sign();
            }
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(signing);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        var hash = algorithm.substring(2);
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + hash + "withRSA");
            case "PS" -> {
                var signature = Signature.getInstance("RSASSA-PSS");
                signature.setParameter(new PSSParameterSpec(
                        "SHA-" + hash, "MGF1", new MGF1ParameterSpec("SHA-" + hash), Integer.parseInt(hash) / 8, 1));
                yield signature;
            }
            case "ES" -> Signature.getInstance("SHA" + hash + "withECDSAinP1363Format");
            default -> Signature.getInstance("Ed25519");
        };
    }
}
