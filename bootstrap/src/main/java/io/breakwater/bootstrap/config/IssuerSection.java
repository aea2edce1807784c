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
                    "such as ES256")
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

    static IssuerSettings read(SectionReader item) {
        var issuer = item.find(ISSUER);
        var audiences = item.get(AUDIENCE);
        var keySet = item.find(KEY_SET);
        var algorithms = item.get(ALGORITHMS);
        var roles = item.get(ROLES);
        var scope = item.get(SCOPE);
        var tenant = item.find(TENANT);
        boolean introspected = item.group().get("introspection") != null;
        var introspection = introspection(item.section("introspection", ""), introspected);
        return new IssuerSettings(
                required(issuer, "issuer"), audiences, keySet, algorithms, roles, scope, tenant, introspection);
    }

    private static @Nullable IntrospectionSettings introspection(SectionReader group, boolean present) {
        var url = group.find(URL);
        var id = group.find(CLIENT_ID);
        var secret = group.find(CLIENT_SECRET);
        return present
                ? new IntrospectionSettings(
                        required(url, "introspection.url"),
                        required(id, "introspection.client-id"),
                        required(secret, "introspection.client-secret"))
                : null;
    }

    private static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing or not valid");
        }
        return value;
    }

    private static Setting<String> claim(String name) {
        return Setting.text(name, "\\S{1,200}", "the name of a claim, or a path such as realm_access.roles");
    }
}
