package io.breakwater.bootstrap.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.breakwater.adapter.http.identity.ClaimMapping;
import io.breakwater.adapter.http.identity.IntrospectionSettings;
import io.breakwater.adapter.http.identity.JwtIssuer;
import io.breakwater.adapter.http.identity.SigningAlgorithm;
import io.breakwater.bootstrap.config.AuthSettings;
import io.breakwater.bootstrap.config.IssuerSettings;
import io.breakwater.bootstrap.config.LocalTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The issuers of a configuration, as the verifiers of tokens need them.
 *
 * @param signed the issuers of signed tokens
 * @param introspected the issuers of opaque tokens
 */
record TokenIssuers(List<JwtIssuer> signed, List<IntrospectionSettings> introspected) {

    static TokenIssuers of(AuthSettings auth) {
        var signed = new ArrayList<JwtIssuer>();
        var introspected = new ArrayList<IntrospectionSettings>();
        var local = auth.jwt();
        if (local != null) {
            signed.add(JwtIssuer.withSecret(
                    local.issuer(),
                    LocalTokens.audience(auth, local),
                    local.secret().reveal().getBytes(UTF_8)));
        }
        for (var issuer : auth.issuers()) {
            if (issuer.hasKeys()) {
                signed.add(signed(issuer, auth.publicUrl()));
            }
            if (issuer.introspection() != null) {
                introspected.add(introspected(issuer, issuer.introspection(), auth.publicUrl()));
            }
        }
        return new TokenIssuers(signed, introspected);
    }

    private static JwtIssuer signed(IssuerSettings issuer, String publicUrl) {
        var audience =
                issuer.audiences().isEmpty() ? publicUrl : issuer.audiences().getFirst();
        var base = issuer.keySet() == null
                ? JwtIssuer.withMetadata(issuer.issuer(), audience)
                : JwtIssuer.withKeySet(issuer.issuer(), audience, issuer.keySet());
        return new JwtIssuer(
                base.issuer(),
                audiences(issuer, publicUrl),
                issuer.algorithms().isEmpty() ? base.algorithms() : algorithms(issuer),
                base.keys(),
                base.clockSkew(),
                base.requireAccessTokenType(),
                claims(issuer));
    }

    private static IntrospectionSettings introspected(
            IssuerSettings issuer, IssuerSettings.IntrospectionSettings endpoint, String publicUrl) {
        var base = IntrospectionSettings.of(
                issuer.issuer(),
                endpoint.url(),
                endpoint.clientId(),
                endpoint.clientSecret().reveal(),
                publicUrl);
        return new IntrospectionSettings(
                base.issuer(),
                base.endpoint(),
                base.clientId(),
                base.clientSecret(),
                audiences(issuer, publicUrl),
                base.audienceRequired(),
                base.signedTokens(),
                base.clockSkew(),
                claims(issuer),
                base.cache());
    }

    private static Set<String> audiences(IssuerSettings issuer, String publicUrl) {
        return issuer.audiences().isEmpty() ? Set.of(publicUrl) : Set.copyOf(issuer.audiences());
    }

    private static Set<SigningAlgorithm> algorithms(IssuerSettings issuer) {
        return issuer.algorithms().stream()
                .map(name -> Objects.requireNonNull(SigningAlgorithm.named(name), name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ClaimMapping claims(IssuerSettings issuer) {
        var claims = ClaimMapping.DEFAULT.withRoles(issuer.rolesClaim()).withScopes(issuer.scopeClaim());
        return issuer.tenantClaim() == null ? claims : claims.withTenant(issuer.tenantClaim());
    }
}
