package io.breakwater.bootstrap.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may call.
 *
 * @param enabled whether callers must authenticate; null if the configuration does not say
 * @param apiKeys the API keys
 * @param jwt the tokens that are signed with a shared secret; null for none
 * @param localIssuer the issuer of these tokens, also if there is no secret
 * @param tokenLifetime the time until a token that the server issues expires
 * @param issuers the issuers of other tokens
 * @param scopes the scopes that clients request first
 * @param accept which access tokens are accepted over HTTP
 * @param publicUrl the URL of the MCP endpoint as clients use it, for which tokens are issued
 * @param local the process that starts a stdio server
 */
public record AuthSettings(
        @Nullable Boolean enabled,
        ApiKeySettings apiKeys,
        @Nullable SharedSecretSettings jwt,
        String localIssuer,
        Duration tokenLifetime,
        List<IssuerSettings> issuers,
        List<String> scopes,
        AcceptedTokens accept,
        String publicUrl,
        LocalCallerSettings local) {
    /** Copies the lists. */
    public AuthSettings {
        issuers = List.copyOf(issuers);
        scopes = List.copyOf(scopes);
    }

    /**
     * Returns whether callers must authenticate. If the configuration does not say, they must as soon as a credential
     * is configured, so that a server with keys never admits everyone by mistake.
     *
     * @param keysFileExists whether the file of API keys exists, or may exist where this process cannot see it
     */
    public boolean isEnabled(boolean keysFileExists) {
        return enabled != null
                ? enabled
                : !credentials().isEmpty() || keysFileExists || apiKeys.isFileRequired() || local.credential() != null;
    }

    /** Returns the settings of the credentials that callers can have, without the file of API keys. */
    public List<String> credentials() {
        var configured = new ArrayList<String>();
        if (apiKeys.single() != null) {
            configured.add("auth.api-key");
        }
        if (jwt != null) {
            configured.add("auth.jwt-secret");
        }
        if (!issuers.isEmpty()) {
            configured.add("auth.issuers");
        }
        return configured;
    }
}
