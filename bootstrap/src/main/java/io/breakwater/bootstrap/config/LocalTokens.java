package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.account.SignedTokenIssuer;
import io.breakwater.port.driven.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** The tokens that the server signs itself, as the settings describe them. */
public final class LocalTokens {
    private LocalTokens() {}

    /** Returns the issuer of these tokens; empty without {@code auth.jwt-secret}. */
    public static Optional<TokenIssuer> issuer(AuthSettings auth) {
        return Optional.ofNullable(auth.jwt())
                .map(jwt -> new SignedTokenIssuer(
                        jwt.secret().reveal().getBytes(StandardCharsets.UTF_8),
                        jwt.issuer(),
                        audience(auth, jwt),
                        InstantSource.system()));
    }

    /** Returns the audience of these tokens: {@code auth.jwt-audience}, or the public URL of the server. */
    public static String audience(AuthSettings auth, SharedSecretSettings jwt) {
        return jwt.audience() == null ? auth.publicUrl() : jwt.audience();
    }
}
