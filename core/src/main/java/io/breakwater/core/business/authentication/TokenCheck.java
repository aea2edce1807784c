package io.breakwater.core.business.authentication;

import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.Verifications.Admission;
import io.breakwater.core.business.authentication.VerifiedTokens.VerifiedToken;
import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.Inspection;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Unavailable;
import io.breakwater.port.driven.TokenVerifier.Valid;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens, the steps that cost least first: the cached result, the inspection, the budget of failures, and only
 * then the verification, on another thread.
 *
 * <p>A token that was valid is verified again from time to time, and when its verifier says so, because the issuer may
 * have withdrawn a key or, for an opaque token, the token. This verification does not depend on the budget, so that callers with valid tokens are not
 * refused while others from the same address send invalid ones.
 */
final class TokenCheck {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final List<TokenVerifier> verifiers;
    private final Revocations revocations;
    private final VerifiedTokens cache;
    private final Verifications verifications;
    private final FailureBudget budget;
    private final VerificationMetrics metrics;
    private final InstantSource clock;
    private final Duration verifyAgainAfter;

    TokenCheck(TokenSources sources, TokenServices services, InstantSource clock, Duration verifyAgainAfter) {
        this.verifiers = List.copyOf(sources.verifiers());
        this.revocations = sources.revocations();
        this.cache = services.cache();
        this.verifications = services.verifications();
        this.budget = services.budget();
        this.metrics = services.metrics();
        this.clock = clock;
        this.verifyAgainAfter = verifyAgainAfter;
    }

    /** Returns whether there are no verifiers, so that no token can be valid. */
    boolean acceptsNone() {
        return verifiers.isEmpty();
    }

    /** Checks a token that must not be bound to a key, because it was sent without a proof. */
    CompletableFuture<CredentialResult> checkBearer(String token, FailureSource source) {
        var result = check(token, source);
        return result.isDone() && !isBound(result.join()) ? result : result.thenApply(TokenCheck::withoutBound);
    }

    private static boolean isBound(CredentialResult result) {
        return result instanceof Accepted accepted && accepted.keyThumbprint() != null;
    }

    private static CredentialResult withoutBound(CredentialResult result) {
        return isBound(result) ? new Refused(FailureReason.BOUND_TOKEN) : result;
    }

    /** Checks a token, whether it is bound to a key or not. */
    CompletableFuture<CredentialResult> check(String token, FailureSource source) {
        var digest = Sha256Digest.of(token);
        var known = cache.find(digest);
        var now = clock.instant();
        if (known != null && now.isBefore(known.verifyAgain())) {
            return CompletableFuture.completedFuture(result(digest, known.token(), now));
        }
        return cache.wasRejected(digest)
                ? refused(FailureReason.INVALID_TOKEN, "The token was rejected before.")
                : inspect(token, digest, known != null, source);
    }

    private CompletableFuture<CredentialResult> inspect(
            String token, Sha256Digest digest, boolean known, FailureSource source) {
        var unknown = "";
        for (var verifier : verifiers) {
            var inspection = verifier.inspect(token);
            if (!(inspection instanceof NotRecognized(var reason))) {
                return proceed(inspection, digest, known, source);
            }
            unknown = unknown.isEmpty() ? reason : unknown;
        }
        return refused(FailureReason.UNRECOGNIZED_TOKEN, unknown);
    }

    private CompletableFuture<CredentialResult> proceed(
            Inspection inspection, Sha256Digest digest, boolean known, FailureSource source) {
        return switch (inspection) {
            case NotRecognized(var reason) -> refused(FailureReason.UNRECOGNIZED_TOKEN, reason);
            case Rejected(var reason) -> refused(FailureReason.REJECTED_TOKEN, reason);
            case Candidate candidate -> verify(candidate, digest, known ? null : source);
        };
    }

    private static CompletableFuture<CredentialResult> refused(FailureReason reason, String detail) {
        return CompletableFuture.completedFuture(new Refused(reason, detail));
    }

    /**
     * Verifies a token.
     *
     * @param source the source that pays for a failure; null for a token that was valid before
     */
    private CompletableFuture<CredentialResult> verify(
            Candidate candidate, Sha256Digest digest, @Nullable FailureSource source) {
        var lockout = source == null ? Duration.ZERO : lockout(source);
        if (lockout.isPositive()) {
            return CompletableFuture.completedFuture(new Limited(lockout));
        }
        var admission = source == null ? Admission.ALWAYS : new BudgetedAdmission(budget, source);
        return verifications.run(digest, admission, context -> verify(candidate, digest, context));
    }

    private Duration lockout(FailureSource source) {
        var own = budget.remainingLockout(source);
        return own.isPositive() ? own : budget.remainingLockoutOfAll();
    }

    private CredentialResult verify(Candidate candidate, Sha256Digest digest, CallContext context) {
        metrics.begin();
        return switch (candidate.verify(context)) {
            case Valid valid -> {
                revocations.awaitReady(valid, context);
                yield accept(digest, valid);
            }
            case Rejected(var reason) -> reject(digest, reason);
            case Unavailable(var reason, var retryAfter) -> new Undecided(retryAfter, reason);
        };
    }

    private CredentialResult accept(Sha256Digest digest, Valid valid) {
        var now = clock.instant();
        var again = earlier(valid.verifyAgain(), now.plus(verifyAgainAfter));
        cache.put(digest, new VerifiedToken(valid, earlier(again, valid.expires())));
        return result(digest, valid, now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private CredentialResult reject(Sha256Digest digest, String reason) {
        cache.remove(digest);
        cache.reject(digest);
        return new Refused(FailureReason.INVALID_TOKEN, reason);
    }

    private CredentialResult result(Sha256Digest digest, Valid token, Instant now) {
        if (!now.isBefore(token.expires())) {
            cache.remove(digest);
            return new Refused(
                    FailureReason.REJECTED_TOKEN,
                    "The token has expired: it was valid until " + token.expires() + ", and the time here is " + now
                            + ".");
        }
        return revocation(digest, token);
    }

    private boolean isRevoked(Sha256Digest digest, Valid token) {
        return cache.wasRejected(digest) || revocations.isRevoked(token);
    }

    /** Refuses a revoked token, and decides nothing while the list of revoked tokens is not available. */
    private CredentialResult revocation(Sha256Digest digest, Valid token) {
        try {
            if (revocations.isRevoked(token)) {
                cache.remove(digest);
                return new Refused(FailureReason.REVOKED_TOKEN);
            }
            return new Accepted(
                    token.principal(), token.expires(), () -> isRevoked(digest, token), token.keyThumbprint());
        } catch (PortException.UnavailableException unavailable) {
            return new Undecided(RETRY_AFTER, String.valueOf(unavailable.getMessage()));
        }
    }
}
