package io.breakwater.core.business.authentication;

import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.support.ApiKeyFormat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Checks credentials: API keys and tokens. Thread-safe; never blocks. */
public final class CredentialCheck {
    private final ApiKeyCheck apiKeys;
    private final TokenCheck tokens;
    private final @Nullable ProofCheck proofs;

    /**
     * Creates a check.
     *
     * @param proofs what the check of proofs needs; null if tokens that are bound to a key are refused
     * @param verifyAgainAfter the time after which a token that was valid is verified again
     */
    public CredentialCheck(
            ApiKeys keys,
            TokenSources sources,
            @Nullable ProofServices proofs,
            TokenServices services,
            InstantSource clock,
            Duration verifyAgainAfter) {
        this.apiKeys = new ApiKeyCheck(keys, services.budget(), clock);
        this.tokens = new TokenCheck(sources, services, clock, verifyAgainAfter);
        this.proofs = proofs == null ? null : new ProofCheck(tokens, proofs, services);
    }

    /** Checks a token that was sent with a proof. */
    public CompletableFuture<CredentialResult> checkBound(BoundToken token, String address) {
        return proofs == null
                ? CompletableFuture.completedFuture(new Refused(FailureReason.UNSUPPORTED_SCHEME))
                : proofs.check(token, FailureSource.of(address));
    }

    /** Checks a text that can only be an API key, such as the value of {@code X-API-Key}. */
    public CompletableFuture<CredentialResult> checkApiKey(String text, String address) {
        return CompletableFuture.completedFuture(apiKeys.check(text, FailureSource.of(address)));
    }

    /** Checks an API key or a token. */
    public CompletableFuture<CredentialResult> check(String text, String address) {
        return check(text, FailureSource.of(address), tokens::checkBearer);
    }

    /**
     * Checks an API key or a token. A token that is bound to a key needs no proof, so this is for the operator, who asks
     * what the credential allows, and never for a request.
     */
    public CompletableFuture<CredentialResult> checkWithoutProof(String text, String address) {
        return check(text, FailureSource.of(address), tokens::check);
    }

    private CompletableFuture<CredentialResult> check(String text, FailureSource source, TokenStep tokenStep) {
        if (text.startsWith(ApiKeyFormat.PREFIX) || tokens.acceptsNone()) {
            return CompletableFuture.completedFuture(apiKeys.check(text, source));
        }
        return apiKeys.hasKeyWithoutId() ? checkBoth(text, source, tokenStep) : tokenStep.check(text, source);
    }

    /** Checks a token, with or without regard to its binding. */
    private interface TokenStep {
        CompletableFuture<CredentialResult> check(String token, FailureSource source);
    }

    /** Only a text that no verifier recognizes is an attempt to guess the key without an id. */
    private CompletableFuture<CredentialResult> checkBoth(String text, FailureSource source, TokenStep tokenStep) {
        var asKey = apiKeys.compareWithKeyWithoutId(text, source);
        if (asKey instanceof Accepted) {
            return CompletableFuture.completedFuture(asKey);
        }
        var asToken = tokenStep.check(text, source);
        return isUnrecognized(asToken)
                ? CompletableFuture.completedFuture(apiKeys.countFailureWithoutId(source, asToken.join()))
                : asToken;
    }

    private static boolean isUnrecognized(CompletableFuture<CredentialResult> result) {
        return result.isDone()
                && result.join() instanceof Refused(var reason, var detail)
                && reason == FailureReason.UNRECOGNIZED_TOKEN;
    }
}
