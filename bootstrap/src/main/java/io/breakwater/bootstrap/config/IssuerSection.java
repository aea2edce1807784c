package io.breakwater.bootstrap.config;

import io.breakwater.bootstrap.config.IssuerSettings.IntrospectionSettings;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code auth.issuers}. */
final class IssuerSection {
    private static final Setting<String> ISSUER =
            Setting.text("issuer", "\\S{1,1000}", "the value of the claim `iss`, usually an https URL");

    private static final Setting<List<String>> AUDIENCE = Setting.texts(
                    "audience", "\\S{1,1000}", "a value of the claim `aud`")
            .byDefault(List.of());

    private static final Setting<URI> KEY_SET = Setting.url("jwks-url");

    private static final Setting<List<String>> ALGORITHMS = Setting.texts(
                    "algorithms",
                    "RS256|RS384|RS512|PS256|PS384|PS512|ES256|ES384|ES512|EdDSA|Ed25519",
                    "an algorithm such as ES256 or RS256")
            .byDefault(List.of());

    private static final Setting<String> ROLES = claim("roles-claim").byDefault("roles");
    private static final Setting<String> SCOPE = claim("scope-claim").byDefault("scope");
    private static final Setting<String> TENANT = claim("tenant-claim");

    private static final Setting<URI> URL = Setting.url("url");
    private static final Setting<String> CLIENT_ID =
            Setting.text("client-id", "[\\p{Graph} ]{1,1000}", "an id of printable ASCII characters");
    private static final Setting<SecretValue> CLIENT_SECRET = Setting.secret("client-secret", 1);

    /** The names that an item may have. */
    static final List<String> MEMBERS = List.of(
            ISSUER.name(),
            AUDIENCE.name(),
            KEY_SET.name(),
            ALGORITHMS.name(),
            ROLES.name(),
            SCOPE.name(),
            TENANT.name(),
            "introspection");

    private IssuerSection() {}

    /** Returns null if a value is missing or not valid, after it has been reported. */
    static @Nullable IssuerSettings read(SectionReader item) {
        var issuer = item.require(ISSUER).orElse(null);
        var audiences = item.get(AUDIENCE);
        var keySet = item.find(KEY_SET);
        var algorithms = item.get(ALGORITHMS);
        var roles = item.get(ROLES);
        var scope = item.get(SCOPE);
        var tenant = item.find(TENANT);
        boolean introspected = item.group().get("introspection") != null;
        var group = item.section("introspection", "");
        var introspection = introspected ? introspection(group) : null;
        if (issuer == null || (introspected && introspection == null)) {
            return null;
        }
        if (!introspected && item.group().get(KEY_SET.name()) == null) {
            checkMetadata(item, issuer);
        }
        return new IssuerSettings(issuer, audiences, keySet, algorithms, roles, scope, tenant, introspection);
    }

    private static void checkMetadata(SectionReader item, String issuer) {
        if (!UrlType.isIdentifier(issuer)) {
            item.refuse(
                    ISSUER,
                    "'" + issuer + "' is not an https URL without a query and a fragment, so its keys cannot be found",
                    "correct the URL, or set jwks-url or introspection");
        }
    }

    private static @Nullable IntrospectionSettings introspection(SectionReader group) {
        var url = group.require(URL).orElse(null);
        var id = group.require(CLIENT_ID).orElse(null);
        var secret = group.require(CLIENT_SECRET).orElse(null);
        return url == null || id == null || secret == null ? null : new IntrospectionSettings(url, id, secret);
    }

    static Setting<String> claim(String name) {
        return Setting.text(name, "\\S{1,200}", "the name of a claim, or a path such as realm_access.roles");
    }
}
