package io.breakwater.core.data.service;

import io.breakwater.port.CallContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A token for this server (RFC 6749 section 4.4), which all calls of a service share. */
final class ClientCredentialsGrant implements RequestCredentials {
    private static final Map<String, String> GRANT = Map.of("grant_type", "client_credentials");
    private static final String KEY = "server";

    private final TokenClient client;
    private final TokenCache cache;

    ClientCredentialsGrant(TokenClient client, TokenCache cache) {
        this.client = client;
        this.cache = cache;
    }

    @Override
    public Map<String, String> fields(CallContext context) {
        return Map.of("authorization", "Bearer " + cache.token(KEY, () -> client.request(GRANT), context));
    }

    @Override
    public void rejected(CallContext context) {
        cache.forget(KEY);
    }

    @Override
    public @Nullable String problem() {
        return client.problem();
    }
}
