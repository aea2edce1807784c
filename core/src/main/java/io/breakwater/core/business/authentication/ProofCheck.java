package io.breakwater.core.business.authentication;

import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.port.driven.ProofVerifier;
import io.breakwater.port.driven.ProofVerifier.Candidate;
import io.breakwater.port.driven.ProofVerifier.ProvedRequest;
import io.breakwater.port.driven.ProofVerifier.Rejected;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Checks tokens that are bound to a key, the steps that cost least first: the proof without its signature, the token,
 * whether the key of the proof is that of the token, and then the signature on another thread. The proof is the last
 * that is stored, so that only the owner of a valid token and of its key occupies memory.
 *
 * <p>The result for a token is cached, but never that of a proof, because each request has its own. Failed signatures
 * have a budget for each key and address. The budget of the address alone does not count here: a signature is verified
 * only for a valid token, and others at the same address may send invalid ones.
 */
final class ProofCheck {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final TokenCheck tokens;
    private final ProofVerifier verifier;
    private final UsedProofs used;
    private final String url;
    private final TokenServices services;

    ProofCheck(TokenCheck tokens, ProofServices proofs, TokenServices services) {
        this.tokens = tokens;
        this.verifier = proofs.verifier();
        this.used = proofs.used();
        this.url = proofs.url();
        this.services = services;
    }

    CompletableFuture<CredentialResult> check(BoundToken bound, FailureSource address) {
        var request = new ProvedRequest(bound.method(), url, bound.token());
        return switch (verifier.inspect(bound.proof(), request)) {
            case Rejected(var reason) -> completed(new Refused(FailureReason.INVALID_PROOF, reason));
            case Candidate proof -> {
                var token = tokens.check(bound.token(), address);
                var attempt = new Attempt(Sha256Digest.of(bound.proof()), proof, address);
                yield token.isDone() ? proceed(token.join(), attempt) : token.thenCompose(r -> proceed(r, attempt));
            }
        };
    }

    private static CompletableFuture<CredentialResult> completed(CredentialResult result) {
        return CompletableFuture.completedFuture(result);
    }

    private CompletableFuture<CredentialResult> proceed(CredentialResult token, Attempt attempt) {
        if (!(token instanceof Accepted accepted)) {
            return completed(token);
        }
        var thumbprint = accepted.keyThumbprint();
        if (thumbprint == null) {
            return completed(new Refused(FailureReason.UNBOUND_TOKEN));
        }
        return thumbprint.equals(attempt.proof.keyThumbprint())
                ? verify(accepted, thumbprint, attempt)
                : completed(new Refused(FailureReason.WRONG_KEY));
    }

    /** Concurrent requests with the same proof share the verification of its signature; then one of them uses it. */
    private CompletableFuture<CredentialResult> verify(Accepted token, String thumbprint, Attempt attempt) {
        var source = attempt.address.withProofKey(thumbprint);
        var lockout = services.budget().remainingLockout(source);
        if (lockout.isPositive()) {
            return completed(new Limited(lockout));
        }
        if (services.cache().wasRejected(attempt.digest)) {
            return completed(new Refused(FailureReason.INVALID_PROOF, "The proof was rejected before."));
        }
        var id = Sha256Digest.of(thumbprint + ' ' + attempt.proof.id());
        return services.verifications()
                .run(attempt.digest, context -> verifySignature(token, source, id, attempt))
                .thenApply(result -> result instanceof Accepted ? use(token, id, attempt.proof) : result);
    }

    private CredentialResult verifySignature(Accepted token, FailureSource source, Sha256Digest id, Attempt attempt) {
        if (used.contains(id)) {
            return reused();
        }
        services.metrics().begin();
        if (attempt.proof.verify()) {
            return token;
        }
        services.cache().reject(attempt.digest);
        var lockout = services.budget().withdraw(source);
        var ofAddress = services.budget().withdraw(attempt.address);
        return lockout.isPositive() || ofAddress.isPositive()
                ? new Limited(lockout.compareTo(ofAddress) > 0 ? lockout : ofAddress)
                : new Refused(FailureReason.INVALID_PROOF, "The signature of the proof is not valid.");
    }

    private CredentialResult use(Accepted token, Sha256Digest id, Candidate proof) {
        return switch (used.add(id, token.principal().id(), proof.expires())) {
            case ADDED -> token;
            case USED -> reused();
            case EXPIRED -> new Refused(FailureReason.INVALID_PROOF, "The proof is too old (iat).");
            case FULL ->
                new Undecided(
                        RETRY_AFTER,
                        "Too many proofs were used in the last minute by the same principal, or by all together.",
                        FailureReason.TOO_MANY_PROOFS);
        };
    }

    private static CredentialResult reused() {
        return new Refused(FailureReason.REUSED_PROOF, "The proof was used before. Each request needs a new one.");
    }

    /** A proof whose signature is not verified yet. */
    private record Attempt(Sha256Digest digest, Candidate proof, FailureSource address) {}
}
