package io.breakwater.core.presentation.call;

import io.breakwater.port.CallerToken;
import io.breakwater.port.Principal;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.support.ApiKeyFormat;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens of callers. A token was verified before the call began, and its principal has an issuer. An API key in
 * the same header field is no token: it must not leave the server.
 */
final class BearerTokens {
    private static final String SCHEME = "Bearer ";

    private BearerTokens() {}

    /** Returns the token in these header fields; null if the caller authenticated in another way. */
    static @Nullable CallerToken of(Principal principal, HeaderFields fields) {
        var values = fields.all("Authorization");
        if (principal.issuer().isEmpty() || values.size() != 1 || fields.first("X-API-Key") != null) {
            return null;
        }
        var value = values.getFirst();
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var token = value.substring(SCHEME.length()).strip();
        return token.isEmpty() || token.startsWith(ApiKeyFormat.PREFIX) ? null : new CallerToken(principal.id(), token);
    }
}
