package io.breakwater.adapter.http.identity;

import static io.breakwater.adapter.http.identity.IdentityRig.AUDIENCE;

import io.breakwater.port.Json;
import io.breakwater.port.contract.TokenVerifierContract;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.identity.SignedToken;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class JwtVerifierContractTest extends TokenVerifierContract {
    private final IdentityRig rig = new IdentityRig();
    private final OpenIdProvider provider = OpenIdProvider.start("/tenant", rig.clock, Keys.of("ES256"));

    @AfterEach
    void close() {
        provider.close();
        rig.close();
    }

    @Override
    protected TokenVerifier make() {
        return rig.jwt(JwtIssuer.withMetadata(provider.issuer(), AUDIENCE));
    }

    private SignedToken token() {
        return provider.token(AUDIENCE).claim("jti", UUID.randomUUID().toString());
    }

    @Override
    protected String validToken() {
        return token().sign(Keys.of("ES256"));
    }

    @Override
    protected String validTokenOfAnotherUser() {
        return token().claim("sub", "bob").sign(Keys.of("ES256"));
    }

    @Override
    protected List<String> invalidTokens() {
        return List.of(
                token().claim("exp", Json.of(1L)).sign(Keys.of("ES256")),
                token().claim("aud", "https://another.example").sign(Keys.of("ES256")),
                token().sign(Keys.of("RS256")));
    }

    @Override
    protected boolean stopIssuer() {
        provider.behave(ProviderBehavior.DOWN);
        return true;
    }
}
