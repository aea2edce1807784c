package io.breakwater.core.presentation.access;

import io.breakwater.core.business.authentication.CredentialCheck;
import io.breakwater.core.business.authentication.CredentialResult;
import io.breakwater.core.business.authentication.CredentialResult.Accepted;
import io.breakwater.core.business.authentication.CredentialResult.Limited;
import io.breakwater.core.business.authentication.CredentialResult.Refused;
import io.breakwater.core.business.authentication.CredentialResult.Undecided;
import io.breakwater.core.business.authentication.FailureListener;
import io.breakwater.core.business.authentication.FailureReason;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authentication.Unavailable;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.RemotePeer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Determines the sender of a message by its credential: an API key or an access token. On HTTP the credential is in a
 * header field. On stdio it comes from the environment of the process, and without one the caller is the local
 * principal. Every doubt ends in a refusal. Thread-safe; never blocks.
 */
public final class CredentialAuthenticator implements Authenticator {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final CredentialCheck check;
    private final Challenges challenges;
    private final FailureListener failures;
    private final LocalIdentity local;

    /** Creates an authenticator. */
    public CredentialAuthenticator(
            CredentialCheck check, Challenges challenges, FailureListener failures, LocalIdentity local) {
        this.check = check;
        this.challenges = challenges;
        this.failures = failures;
        this.local = local;
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
        var address = peer.address();
        if (peer.equals(RemotePeer.STDIO)) {
            var text = local.credential();
            return text == null
                    ? completed(new Authenticated(local.principal()))
                    : answer(address, () -> check.check(text, address));
        }
        return switch (Credential.in(fields)) {
            case Credential.Key(var text) -> answer(address, () -> check.checkApiKey(text, address));
            case Credential.Bearer(var text) -> answer(address, () -> check.check(text, address));
            case Credential.None ignored -> withoutCredential(address);
            case Credential.Unsupported ignored -> {
                failures.failed(FailureReason.UNSUPPORTED_SCHEME, address, "");
                yield completed(challenges.unauthenticated());
            }
            case Credential.Malformed(var reason) -> {
                failures.failed(FailureReason.MALFORMED, address, reason);
                yield completed(challenges.invalidRequest(reason));
            }
        };
    }

    private CompletableFuture<Authentication> withoutCredential(String address) {
        if (local.anonymous() != null) {
            return completed(new Authenticated(local.anonymous()));
        }
        failures.failed(FailureReason.MISSING, address, "");
        return completed(challenges.unauthenticated());
    }

    private CompletableFuture<Authentication> answer(
            String address, Supplier<CompletableFuture<CredentialResult>> checked) {
        try {
            var result = checked.get();
            return result.isDone() && !result.isCompletedExceptionally()
                    ? completed(answer(address, result.join()))
                    : result.handle(
                            (value, failure) -> value == null ? failed(address, failure) : answer(address, value));
        } catch (RuntimeException fault) {
            return completed(failed(address, fault));
        }
    }

    private static CompletableFuture<Authentication> completed(Authentication answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private Authentication answer(String address, CredentialResult result) {
        return switch (result) {
            case Accepted(var principal, var expires, var revoked) -> new Authenticated(principal, expires, revoked);
            case Refused(var reason, var detail) -> {
                failures.failed(reason, address, detail);
                yield challenges.invalidToken();
            }
            case Limited(var retryAfter) -> {
                failures.failed(FailureReason.TOO_MANY_FAILURES, address, "");
                yield Challenges.tooManyFailures(retryAfter);
            }
            case Undecided(var retryAfter, var detail) -> {
                failures.failed(FailureReason.UNAVAILABLE, address, detail);
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
