package io.breakwater.core.presentation.access;

import io.breakwater.core.business.authentication.BoundToken;
import io.breakwater.core.business.authentication.CredentialCheck;
import io.breakwater.core.business.authentication.CredentialResult;
import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.FailureListener;
import io.breakwater.core.business.authentication.FailureReason;
import io.breakwater.port.CredentialExplanation;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authentication.Unavailable;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Determines the sender of a message by its credential: an API key, an access token, or an access token with a proof
 * that the sender possesses its key. On HTTP the credential is in header fields. On stdio it comes from the environment
 * of the process, and without one the caller is the local principal. Every doubt ends in a refusal. Thread-safe; never blocks.
 */
@OutageBehavior(
        guard = "tokens",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in a verifier",
        effect = OutageEffect.DENY,
        behavior =
                "The token gets 503. The log has the class of the exception, because its message may contain the token.",
        recovery = "Correct the verifier.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-a-credential-is-refused")
@OutageBehavior(
        guard = "API keys",
        dependency = GuardDependency.APPLICATION_CODE,
        failure = "throwing in a source of keys",
        effect = OutageEffect.DENY,
        behavior = "The key gets 503. The log does not repeat the message of the exception.",
        recovery = "Correct the source.",
        signal = "`mcp_auth_failures_total{reason=\"unavailable\"}`",
        details = "security.md#when-a-credential-is-refused")
public final class CredentialAuthenticator implements Authenticator {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String EXPLAINED = "127.0.0.1";
    private static final String PROOF = "DPoP";

    /** The transport did not say the method, so a proof for a method is not for this request. */
    private static final String NO_METHOD = "";

    private final CredentialCheck check;
    private final Challenges challenges;
    private final FailureListener failures;
    private final LocalIdentity local;
    private final boolean acceptsAnonymous;

    /**
     * Creates an authenticator.
     *
     * @param acceptsAnonymous see {@link #acceptsAnonymous()}
     */
    public CredentialAuthenticator(
            CredentialCheck check,
            Challenges challenges,
            FailureListener failures,
            LocalIdentity local,
            boolean acceptsAnonymous) {
        this.check = check;
        this.challenges = challenges;
        this.failures = failures;
        this.local = local;
        this.acceptsAnonymous = acceptsAnonymous;
    }

    @Override
    public boolean acceptsAnonymous() {
        return acceptsAnonymous;
    }

    /**
     * The identity of callers that need no header field.
     *
     * @param credential the credential of the process that started the server; null if it has none
     * @param principal that process, if it has no credential
     * @param anonymous callers over the network without a credential; null to refuse them
     */
    public record LocalIdentity(
            @Nullable String credential,
            Principal principal,
            @Nullable Principal anonymous) {}

    @Override
    public CompletableFuture<Authentication> authenticate(HeaderFields fields, RemotePeer peer) {
        return authenticate(NO_METHOD, fields, peer);
    }

    @Override
    public CompletableFuture<Authentication> authenticate(String method, HeaderFields fields, RemotePeer peer) {
        var address = peer.address();
        if (peer.equals(RemotePeer.STDIO)) {
            var text = local.credential();
            return text == null
                    ? completed(new Authenticated(local.principal()))
                    : answer(TokenSchemes.BEARER, address, () -> check.check(text, address));
        }
        return switch (Credential.in(fields, challenges.schemes())) {
            case Credential.Key(var text) ->
                answer(TokenSchemes.BEARER, address, () -> check.checkApiKey(text, address));
            case Credential.Bearer(var text) -> answer(TokenSchemes.BEARER, address, () -> check.check(text, address));
            case Credential.Bound(var text) -> withProof(method, text, fields.all(PROOF), address);
            case Credential.None ignored -> withoutCredential(address);
            case Credential.Unsupported ignored -> {
                failures.failed(
                        FailureReason.UNSUPPORTED_SCHEME,
                        address,
                        challenges.schemes().sentence());
                yield completed(challenges.unauthenticated());
            }
            case Credential.Malformed(var reason) -> {
                failures.failed(FailureReason.MALFORMED, address, reason);
                yield completed(challenges.invalidRequest(reason));
            }
        };
    }

    /**
     * Explains an API key or a token to the operator. The log does not record it, and a token that is bound to a key
     * needs no proof.
     */
    public CompletableFuture<CredentialExplanation> explain(String credential) {
        return check.checkWithoutProof(credential, EXPLAINED).thenApply(CredentialAuthenticator::explanation);
    }

    private static CredentialExplanation explanation(CredentialResult result) {
        return switch (result) {
            case Accepted accepted -> CredentialExplanation.accepted(accepted.principal());
            case Refused(var reason, var detail) -> refused(reason, detail);
            case Limited ignored -> refused(FailureReason.TOO_MANY_FAILURES, "");
            case Undecided(var ignored, var detail, var reason) -> refused(reason, detail);
        };
    }

    private static CredentialExplanation refused(FailureReason reason, String detail) {
        var label = reason.label().replace('_', ' ');
        return CredentialExplanation.refused(detail.isEmpty() ? label : label + " (" + detail + ")");
    }

    private CompletableFuture<Authentication> withProof(
            String method, String token, List<String> proofs, String address) {
        if (proofs.size() != 1) {
            var reason = "The request must have exactly one header field DPoP.";
            return completed(answer(TokenSchemes.DPOP, address, new Refused(FailureReason.INVALID_PROOF, reason)));
        }
        var bound = new BoundToken(token, method, proofs.getFirst());
        return answer(TokenSchemes.DPOP, address, () -> check.checkBound(bound, address));
    }

    private CompletableFuture<Authentication> withoutCredential(String address) {
        if (local.anonymous() != null) {
            return completed(new Authenticated(local.anonymous()));
        }
        failures.failed(FailureReason.MISSING, address, "");
        return completed(challenges.unauthenticated());
    }

    private CompletableFuture<Authentication> answer(
            String scheme, String address, Supplier<CompletableFuture<CredentialResult>> checked) {
        try {
            var result = checked.get();
            return result.isDone() && !result.isCompletedExceptionally()
                    ? completed(answer(scheme, address, result.join()))
                    : result.handle((value, failure) ->
                            value == null ? failed(address, failure) : answer(scheme, address, value));
        } catch (RuntimeException fault) {
            return completed(failed(address, fault));
        }
    }

    private static CompletableFuture<Authentication> completed(Authentication answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private Authentication answer(String scheme, String address, CredentialResult result) {
        return switch (result) {
            case Accepted accepted -> new Authenticated(accepted.principal(), accepted.expires(), accepted.revoked());
            case Refused refused -> {
                failures.failed(refused.reason(), address, refused.detail());
                yield challenges.refusal(scheme, refused);
            }
            case Limited(var retryAfter) -> {
                failures.failed(FailureReason.TOO_MANY_FAILURES, address, "");
                yield Challenges.tooManyFailures(retryAfter);
            }
            case Undecided(var retryAfter, var detail, var reason) -> {
                failures.failed(reason, address, detail);
                yield new Unavailable(retryAfter);
            }
        };
    }

    /** An exception may repeat the credential, so the log has its class only. */
    private Authentication failed(String address, @Nullable Throwable fault) {
        var cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        var name = cause == null ? "no result" : cause.getClass().getName();
        failures.failed(FailureReason.UNAVAILABLE, address, "The check failed with " + name + ".");
        return new Unavailable(RETRY_AFTER);
    }
}
