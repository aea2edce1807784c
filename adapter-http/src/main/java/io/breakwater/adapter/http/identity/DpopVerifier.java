package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.InvalidTokenException.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.Json;
import io.breakwater.port.driven.ProofVerifier;
import io.breakwater.port.support.SettingChecks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Verifies DPoP proofs (RFC 9449). A proof is a signed token with the type {@code dpop+jwt}, whose header has the public
 * key. It is accepted for 60 s after its time of issue.
 */
public final class DpopVerifier implements ProofVerifier {
    private static final String TYPE = "dpop+jwt";
    private static final String ED25519 = "Ed25519";
    private static final List<String> REFUSED = List.of("crit", "b64", "zip", "enc");
    private static final List<SigningAlgorithm> DEFAULT = List.of(
            SigningAlgorithm.ES256,
            SigningAlgorithm.ES384,
            SigningAlgorithm.ES512,
            SigningAlgorithm.EDDSA,
            SigningAlgorithm.PS256,
            SigningAlgorithm.RS256);

    private static final int MAX_LENGTH = 8 * 1024;

    private final List<SigningAlgorithm> accepted;
    private final InstantSource clock;

    private DpopVerifier(List<SigningAlgorithm> accepted, InstantSource clock) {
        this.accepted = nonNullCopy(accepted, "DpopVerifier.algorithms");
        this.clock = notNull(clock, "DpopVerifier.clock");
        SettingChecks.check(!accepted.isEmpty(), "algorithms must not be empty.");
        SettingChecks.check(
                SigningAlgorithm.asymmetric().containsAll(accepted),
                "algorithms must not contain HS256: a proof is signed with a key pair.");
    }

    /** Creates a verifier that accepts ES256, ES384, ES512, EdDSA, PS256 and RS256. */
    public static DpopVerifier of(InstantSource clock) {
        return of(DEFAULT, clock);
    }

    /** Creates a verifier that accepts these algorithms, which challenges name in this order. */
    public static DpopVerifier of(List<SigningAlgorithm> algorithms, InstantSource clock) {
        return new DpopVerifier(algorithms, clock);
    }

    /** Returns the names; EdDSA has two (RFC 8037, RFC 9864). */
    @Override
    public List<String> algorithms() {
        return accepted.stream()
                .flatMap(one -> one == SigningAlgorithm.EDDSA ? Stream.of(one.text(), ED25519) : Stream.of(one.text()))
                .toList();
    }

    @Override
    public Inspection inspect(String proof, ProvedRequest request) {
        try {
            var token = parse(proof);
            var algorithm = algorithm(token.header());
            check(
                    algorithm.canHaveSignature(token.signature().length),
                    "The signature of the proof has a wrong length.");
            var key = ProofKey.of(token.header().get("jwk"), algorithm.keyType());
            return new SignedProof(token, key, algorithm, ProofClaims.of(token.claims(), request, clock.instant()));
        } catch (InvalidTokenException e) {
            return new Rejected(String.valueOf(e.getMessage()));
        }
    }

    private static CompactToken parse(String proof) throws InvalidTokenException {
        check(proof.length() <= MAX_LENGTH, "The proof is longer than " + MAX_LENGTH + " characters.");
        try {
            if (CompactToken.hasShape(proof)) {
                return CompactToken.parse(proof);
            }
        } catch (InvalidTokenException e) {
            // The reason is about tokens.
        }
        throw new InvalidTokenException("The proof is not a well-formed signed JWT.");
    }

    private SigningAlgorithm algorithm(Json.Obj header) throws InvalidTokenException {
        check(TYPE.equals(header.text("typ")), "The type of the proof (typ) is not dpop+jwt.");
        check(
                REFUSED.stream().noneMatch(header::has),
                "The header of the proof has a parameter that is not accepted (crit, b64, zip or enc).");
        var name = header.text("alg");
        var algorithm = name == null ? null : SigningAlgorithm.named(name);
        if (algorithm == null || !accepted.contains(algorithm)) {
            throw new InvalidTokenException("The algorithm of the proof (alg) is not accepted.");
        }
        return algorithm;
    }

    /** A proof that passed all checks except that of its signature. */
    private record SignedProof(CompactToken token, ProofKey key, SigningAlgorithm algorithm, ProofClaims claims)
            implements Candidate {
        @Override
        public String keyThumbprint() {
            return key.thumbprint();
        }

        @Override
        public String id() {
            return claims.id();
        }

        @Override
        public Instant expires() {
            return claims.expires();
        }

        @Override
        public boolean verify() {
            return key.verifier(algorithm)
                    .map(verifier -> verifier.verify(token.signingInput(), token.signature()))
                    .orElse(false);
        }

        /** Returns a text without the proof. */
        @Override
        public String toString() {
            return "SignedProof[expires=" + claims.expires() + "]";
        }
    }
}
