package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Finds problems that would make every client refuse a certificate, so that the server reports them at start. */
@OutageBehavior(
        guard = "TLS",
        dependency = GuardDependency.CERTIFICATE_FILES,
        failure = "not valid at the start",
        effect = OutageEffect.DENY,
        behavior = "The server does not start.",
        recovery = "Correct the files and start the server again.",
        signal = "standard error, with the reason",
        details = "http.md#the-certificate")
final class KeyPairCheck {
    static final String KEY_MISMATCH =
            "the key does not belong to the certificate, which must be the first one in its file";

    private static final byte[] PROBE = "probe".getBytes(US_ASCII);

    private KeyPairCheck() {}

    /**
     * Checks that each certificate is signed by the next one, and that all of them are valid now.
     *
     * @throws GeneralSecurityException when this is not the case; the message gives the reason
     */
    static void chain(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        for (int i = 0; i < chain.size(); i++) {
            isValid(chain.get(i), now);
            if (i > 0) {
                isSignedBy(chain.get(i - 1), chain.get(i));
            }
        }
    }

    /**
     * Checks that the key belongs to the certificate.
     *
     * @throws GeneralSecurityException when this is not the case; the message gives the reason
     */
    static void key(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        if (!matches(certificate.getPublicKey(), key)) {
            throw new GeneralSecurityException(KEY_MISMATCH);
        }
    }

    private static boolean matches(PublicKey known, PrivateKey key) {
        try {
            var algorithm = algorithm(known);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(known);
            verifying.update(PROBE);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false; // a key of another kind
        }
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> key.getAlgorithm(); // the names of EdDSA algorithms are also those of their signatures
        };
    }

    private static void isValid(X509Certificate certificate, Instant now) throws GeneralSecurityException {
        if (now.isAfter(end(certificate))) {
            throw new GeneralSecurityException(
                    "the certificate of " + name(certificate) + " has expired (NotAfter: " + end(certificate) + ")");
        }
        if (now.isBefore(begin(certificate))) {
            throw new GeneralSecurityException("the certificate of " + name(certificate)
                    + " is not valid yet (NotBefore: " + begin(certificate) + ")");
        }
    }

    // The JDK's certificates still use java.util.Date, which is converted by its milliseconds.

    /** Returns the start of the validity. */
    static Instant begin(X509Certificate certificate) {
        return Instant.ofEpochMilli(Long.parseLong("%tQ".formatted(certificate.getNotBefore())));
    }

    /** Returns the end of the validity. */
    static Instant end(X509Certificate certificate) {
        return Instant.ofEpochMilli(Long.parseLong("%tQ".formatted(certificate.getNotAfter())));
    }

    private static void isSignedBy(X509Certificate signed, X509Certificate signer) throws GeneralSecurityException {
        try {
            signed.verify(signer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "the certificate of " + name(signed) + " is not signed by the one that follows it in the file, of "
                            + name(signer),
                    e);
        }
    }

    static String name(X509Certificate certificate) {
        return String.valueOf(certificate.getSubjectX500Principal());
    }
}
