package io.breakwater.bootstrap.config;

import org.jspecify.annotations.Nullable;

/**
 * The tokens that are signed with a secret that their issuer and this server share (HS256).
 *
 * @param secret the secret
 * @param issuer the required value of the claim {@code iss}
 * @param audience the required value of the claim {@code aud}; null for the public URL of the server
 */
public record SharedSecretSettings(
        SecretValue secret, String issuer, @Nullable String audience) {}
