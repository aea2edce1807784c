package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;

import io.breakwater.port.Json;
import io.breakwater.port.contract.TokenVerifierContract;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class IntrospectionContractTest extends TokenVerifierContract {
    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("", rig.clock);

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    @Override
    protected TokenVerifier make() {
        provider.addClient("server", "secret");
        var settings =
                IntrospectionSettings.of(provider.issuer(), provider.uri("/introspect"), "server", "secret", AUDIENCE);
        return IntrospectionVerifier.of(settings, rig.client, rig.clock);
    }

    @Override
    protected String validToken() {
        return provider.opaqueToken(provider.token(AUDIENCE).claims());
    }

    @Override
    protected String validTokenOfAnotherUser() {
        return provider.opaqueToken(provider.token(AUDIENCE).claim("sub", "bob").claims());
    }

    @Override
    protected List<String> invalidTokens() {
        var token = provider.token(AUDIENCE);
        return List.of(
                provider.opaqueToken(token.claim("exp", Json.of(1)).claims()),
                provider.opaqueToken(
                        token.claim("aud", "https://another.example").claims()),
                "unknown");
    }

    @Override
    protected boolean stopIssuer() {
        provider.behave(ProviderBehavior.DOWN);
        return true;
    }
}
