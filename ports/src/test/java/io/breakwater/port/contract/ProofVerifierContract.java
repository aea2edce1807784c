package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.ProofVerifier;
import io.breakwater.port.driven.ProofVerifier.Candidate;
import io.breakwater.port.driven.ProofVerifier.Inspection;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.port.driven.ProofVerifier.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link ProofVerifier} must do. */
public abstract class ProofVerifierContract {
    private static final ProvedRequest REQUEST = new ProvedRequest("POST", "https://mcp.example/mcp", "token-of-alice");
    private static final int CHANGES = 50;
    private static final int SEED = 9;

    /** Returns the verifier under test. */
    protected abstract ProofVerifier make();

    /** Returns a new valid proof for the request, with the same key for each call. */
    protected abstract String validProof(ProvedRequest request);

    /** Returns a valid proof with another key. */
    protected abstract String validProofWithAnotherKey(ProvedRequest request);

    private static Candidate candidate(ProofVerifier verifier, String proof) {
        var result = verifier.inspect(proof, REQUEST);
        assertThat(result).isInstanceOf(Candidate.class);
        return (Candidate) result;
    }

    private static boolean isValid(Inspection inspection) {
        return inspection instanceof Candidate proof && proof.verify();
    }

    @Test
    void aValidProofHasAKeyAnIdAndAnEnd() {
        var proof = candidate(make(), validProof(REQUEST));

        assertThat(proof.verify()).isTrue();
        assertThat(proof.keyThumbprint()).matches("[A-Za-z0-9_-]{43}");
        assertThat(proof.id()).isNotEmpty();
        assertThat(proof.expires()).isAfter(Instant.EPOCH);
    }

    @Test
    void proofsWithOneKeyDifferByTheirIdAndThoseOfTwoByTheirThumbprint() {
        var verifier = make();
        var first = candidate(verifier, validProof(REQUEST));
        var second = candidate(verifier, validProof(REQUEST));
        var other = candidate(verifier, validProofWithAnotherKey(REQUEST));

        assertThat(second.keyThumbprint()).isEqualTo(first.keyThumbprint());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(other.keyThumbprint()).isNotEqualTo(first.keyThumbprint());
    }

    @Test
    void aProofIsForOneMethodOneUrlAndOneToken() {
        var verifier = make();
        var proof = validProof(REQUEST);

        for (var other : List.of(
                new ProvedRequest("GET", REQUEST.url(), REQUEST.token()),
                new ProvedRequest("", REQUEST.url(), REQUEST.token()),
                new ProvedRequest(REQUEST.method(), "https://another.example/mcp", REQUEST.token()),
                new ProvedRequest(REQUEST.method(), REQUEST.url(), "token-of-bob"))) {
            assertThat(verifier.inspect(proof, other)).as(other.toString()).isInstanceOf(Rejected.class);
        }
    }

    @Test
    void aChangedProofIsNeverValidAndItsTextIsNeverRepeated() {
        var verifier = make();
        var proof = validProof(REQUEST);
        var random = new Random(SEED);

        for (int i = 0; i < CHANGES; i++) {
            var changed = new StringBuilder(proof);
            int at = random.nextInt(proof.length());
            changed.setCharAt(at, proof.charAt(at) == 'A' ? 'B' : 'A');
            var result = verifier.inspect(changed.toString(), REQUEST);
            assertThat(isValid(result))
                    .as("Character %s of %s", at, proof.length())
                    .isFalse();
            assertThat(result.toString()).doesNotContain(changed);
        }
    }

    @Test
    void oddTextIsNeverValidAndNeverFails() {
        var verifier = make();

        assertThat(oddTexts()).noneMatch(text -> isValid(verifier.inspect(text, REQUEST)));
    }

    private List<String> oddTexts() {
        var proof = validProof(REQUEST);
        var texts = new ArrayList<>(List.of("", ".", "..", " ", "\u0000", "\ud800", "ey..", "ey.ey.", "eyJ9.e30.AA"));
        texts.addAll(List.of(proof + ".", "." + proof, proof + "=", proof + ", " + proof, proof + "\n", " " + proof));
        texts.addAll(List.of(proof.substring(1), proof.substring(0, proof.length() - 1), "a".repeat(1 << 20)));
        texts.add("ey" + ".".repeat(1 << 20));
        return texts;
    }

    @Test
    void allAlgorithmsUseAKeyPair() {
        assertThat(make().algorithms()).isNotEmpty().noneMatch(name -> name.startsWith("HS") || name.equals("none"));
    }

    @Test
    void aRequestDoesNotShowItsToken() {
        assertThat(REQUEST.toString()).doesNotContain(REQUEST.token());
    }
}
