package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.AccessRequirements;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.mcp.ErrorCode;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Refuses calls whose caller lacks scopes that it could obtain, and names all scopes that it needs (RFC 6750 section
 * 3.1, MCP authorization: scope challenges). Clients before 2026-07-28 replace the scopes that they have by those of the
 * challenge, so it repeats these for them. Runs before the call takes a permit, and before a stream opens.
 */
final class AuthorizationInterceptor implements Interceptor {
    private static final String MODERN = "2026-07-28";

    private final ScopeChallenges challenges;
    private final Consumer<InterceptedCall> onRefusal;
    private final Consumer<InterceptedCall> onEarlyRefusal;

    /**
     * Creates the interceptor.
     *
     * @param challenges the challenges of the server
     * @param onRefusal receives each refused call
     * @param onEarlyRefusal receives each call that is refused before it started
     */
    AuthorizationInterceptor(
            ScopeChallenges challenges, Consumer<InterceptedCall> onRefusal, Consumer<InterceptedCall> onEarlyRefusal) {
        this.challenges = challenges;
        this.onRefusal = onRefusal;
        this.onEarlyRefusal = onEarlyRefusal;
    }

    @Override
    public Decision before(InterceptedCall call) {
        var required = call.requiredScopes();
        if (required.isEmpty()) {
            return Decision.PROCEED;
        }
        onEarlyRefusal.accept(call);
        return refusal(call, required);
    }

    /** Refuses also if the handler has found that scopes are missing. */
    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        var required = call.requiredScopes();
        return required.isEmpty() ? outcome : refusal(call, required);
    }

    private Refusal refusal(InterceptedCall call, Set<String> required) {
        onRefusal.accept(call);
        var scopes = scopes(call, required);
        var needed = call.method() + (call.target().isEmpty() ? "" : " " + call.target()) + " requires the scopes: "
                + String.join(" ", scopes);
        var requestId = " Request id: " + call.requestId();
        return call.principal().isAnonymous()
                ? Refusal.of(
                                ErrorCode.UNAUTHORIZED,
                                "Sign in: " + needed + ". Obtain a token with them and retry." + requestId)
                        .withChallenge(challenges.withoutCredential(scopes))
                : Refusal.of(
                                ErrorCode.FORBIDDEN,
                                "Insufficient scope: " + needed + ". Retry with a token that has them; an API key gets"
                                        + " its scopes from the operator of the server." + requestId)
                        .withChallenge(challenges.insufficientScope(scopes));
    }

    private static Set<String> scopes(InterceptedCall call, Set<String> required) {
        var scopes = new TreeSet<>(required);
        if (call.protocolVersion().compareTo(MODERN) < 0) {
            call.principal().scopes().stream()
                    .filter(AccessRequirements::isScope)
                    .forEach(scopes::add);
        }
        return scopes;
    }
}
