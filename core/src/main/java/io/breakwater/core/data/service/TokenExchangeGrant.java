package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import io.breakwater.port.CallerToken;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.support.Sha256;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token for each caller, in exchange for the caller's own (RFC 8693). Tokens are cached by principal and by the digest of
 * the caller's token: when the caller obtains another one, with other rights, it is exchanged again.
 */
final class TokenExchangeGrant implements RequestCredentials {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private final String service;
    private final TokenClient client;
    private final TokenCache cache;

    TokenExchangeGrant(String service, TokenClient client, TokenCache cache) {
        this.service = service;
        this.client = client;
        this.cache = cache;
    }

    @Override
    public Map<String, String> fields(CallContext context) {
        var own = context.callerToken();
        if (own == null) {
            throw new RefusedException(
                    RefusedException.Reason.FORBIDDEN,
                    "Calls to " + service
                            + " need an access token of the caller, and this call has none. Authenticate with a"
                            + " token, and not with an API key.",
                    null);
        }
        var token = cache.token(key(own), () -> client.request(grant(own)), context);
        return Map.of("authorization", "Bearer " + token);
    }

    @Override
    public void rejected(CallContext context) {
        var own = context.callerToken();
        if (own != null) {
            cache.forget(key(own));
        }
    }

    @Override
    public @Nullable String problem() {
        return client.problem();
    }

    private static String key(CallerToken own) {
        return Sha256.hex(own.value()) + " " + own.principal();
    }

    private static Map<String, String> grant(CallerToken own) {
        return Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                own.value(),
                "subject_token_type",
                ACCESS_TOKEN,
                "requested_token_type",
                ACCESS_TOKEN);
    }
}
