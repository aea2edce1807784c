package io.breakwater.adapter.http.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** Verifies signatures with one key and one algorithm. Thread-safe. */
@FunctionalInterface
interface SignatureVerifier {

    /** Returns whether the signature is valid; an unusual one never leads to an exception. */
    boolean verify(byte[] signingInput, byte[] signature);

    /** Verifies with Nimbus. */
    static SignatureVerifier nimbus(JWSVerifier verifier, SigningAlgorithm algorithm) {
        var header = new JWSHeader(new JWSAlgorithm(algorithm.text()));
        return (signingInput, signature) -> {
            try {
                return verifier.verify(header, signingInput, Base64URL.encode(signature));
            } catch (JOSEException e) {
                return false;
            }
        };
    }

    /** Verifies with the JDK; Nimbus needs another library for Ed25519. */
    static SignatureVerifier ed25519(PublicKey key) {
        return (signingInput, signature) -> {
            try {
                var verifier = Signature.getInstance("Ed25519");
                verifier.initVerify(key);
                verifier.update(signingInput);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        };
    }
}
