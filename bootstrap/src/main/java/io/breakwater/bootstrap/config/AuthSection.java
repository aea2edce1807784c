package io.breakwater.bootstrap.config;

import io.breakwater.port.driven.Accounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@link AuthSettings} from a configuration. */
final class AuthSection {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@:/+-]{0,99}";

    private static final Setting<Boolean> ENABLED = Setting.flag("enabled")
            .alsoFrom("MCP_AUTH_ENABLED")
            .description("Whether callers must authenticate. Unless set, they must as soon as a credential is"
                    + " configured here, or the file of API keys exists or is another than the default.");

    private static final Path DEFAULT_KEYS_FILE = Path.of("config", "api_keys.json");

    private static final Setting<Path> KEYS_FILE = Setting.path("api-keys-file")
            .byDefault(DEFAULT_KEYS_FILE)
            .description("The file with the API keys, which `breakwater key` manages. A change takes effect within a"
                    + " second.");

    private static final Setting<SecretValue> API_KEY = Setting.strongSecret("api-key")
            .alsoFrom("MCP_API_KEY")
            .description("One API key outside the file, for a server with a single caller; the principal is `api-key`."
                    + " Create one with `openssl rand -base64 48`.");

    private static final Setting<List<String>> API_KEY_ROLES = Setting.texts(
                    "api-key-roles", NAME, "the name of a role")
            .byDefault(List.of())
            .description("The roles of `auth.api-key`.");

    private static final Setting<List<String>> API_KEY_SCOPES = Setting.texts(
                    "api-key-scopes", AccessRuleSection.SCOPE, "a scope such as tools:read")
            .byDefault(List.of())
            .description("The scopes of `auth.api-key`.");

    private static final Setting<SecretValue> JWT_SECRET = Setting.strongSecret("jwt-secret")
            .alsoFrom("JWT_SECRET")
            .description("The secret that signs tokens with HS256. Without it, such tokens are refused.");

    private static final Setting<String> JWT_ISSUER = Setting.text("jwt-issuer", "\\S{1,1000}", "a text without spaces")
            .byDefault("breakwater")
            .description("The required claim `iss` of tokens that are signed with `auth.jwt-secret`.");

    private static final Setting<String> JWT_AUDIENCE = Setting.text(
                    "jwt-audience", "\\S{1,1000}", "a text without spaces")
            .description("The required claim `aud` of these tokens; the public URL of the server unless set.");

    private static final Setting<Duration> TOKEN_LIFETIME = Setting.duration(
                    "token-lifetime", Duration.ofMinutes(1), Accounts.MAX_TOKEN_LIFETIME)
            .byDefault(Duration.ofHours(1))
            .description("The time until a token expires that the tool `login` or `breakwater token issue` issues.");

    static final Setting<List<IssuerSettings>> ISSUERS = Setting.groups(
                    "issuers", new GroupType<>(IssuerSection::read, IssuerSettings::json, IssuerSection.MEMBERS))
            .byDefault(List.of())
            .description(
                    "The issuers whose tokens are accepted. The environment variable contains the" + " list as JSON.");

    private static final Setting<String> TENANT_CLAIM = IssuerSection.claim("tenant-claim")
            .description("The claim with the tenant, for all `auth.issuers` that do not name their own. A token without"
                    + " it is refused. Sessions, tasks, cursors, cached results and limits never cross tenants.");

    private static final Setting<List<String>> SCOPES = Setting.texts(
                    "scopes",
                    "(?!offline_access$)" + AccessRuleSection.SCOPE,
                    "a scope such as tools:read; offline_access is none, because it is for clients and issuers only")
            .byDefault(List.of())
            .description("The scopes that clients of `auth.issuers` request first, as few as possible. A token"
                    + " without them is accepted, too; to require a scope, write an access rule.");

    private static final Setting<AcceptedTokens> ACCEPT = Setting.choice("accept", AcceptedTokens.class)
            .byDefault(AcceptedTokens.BEARER)
            .description(
                    "Which tokens of `auth.issuers` are accepted over HTTP: `bearer` tokens, tokens that are bound to"
                            + " a key of the client (`dpop`, RFC 9449), or `both`. API keys are bearer tokens.");

    private static final Setting<SecretValue> CREDENTIAL = Setting.secret("credential", 1)
            .description("The API key or token of the process that starts a `stdio` server. Without it, this process"
                    + " is the principal `local`. The commands `tools` and `call` send it to the server at `--url`.");

    private static final Setting<List<String>> LOCAL_ROLES = Setting.texts("local-roles", NAME, "the name of a role")
            .byDefault(List.of())
            .description("The roles of the principal `local`.");

    private static final Setting<List<String>> LOCAL_SCOPES = Setting.texts(
                    "local-scopes", AccessRuleSection.SCOPE, "a scope such as tools:read")
            .byDefault(List.of())
            .description("The scopes of the principal `local`.");

    private AuthSection() {}

    static AuthSettings read(SectionReader auth, String publicUrl) {
        var enabled = auth.find(ENABLED);
        var keysFile = auth.get(KEYS_FILE);
        var keys = new ApiKeySettings(
                keysFile,
                !keysFile.equals(DEFAULT_KEYS_FILE),
                auth.find(API_KEY),
                auth.get(API_KEY_ROLES),
                auth.get(API_KEY_SCOPES));
        var secret = auth.find(JWT_SECRET);
        var issuer = auth.get(JWT_ISSUER);
        var audience = auth.find(JWT_AUDIENCE);
        var local = new LocalCallerSettings(auth.find(CREDENTIAL), auth.get(LOCAL_ROLES), auth.get(LOCAL_SCOPES));
        var tenantClaim = auth.find(TENANT_CLAIM);
        var issuers = auth.get(ISSUERS).stream()
                .map(each -> each.withDefaultTenantClaim(tenantClaim))
                .toList();
        if (tenantClaim != null && issuers.isEmpty()) {
            auth.refuse(
                    TENANT_CLAIM,
                    "tokens with a tenant come from an issuer, but auth.issuers is empty",
                    "add their issuer to auth.issuers, or remove the setting");
        }
        if (issuers.stream().filter(each -> each.introspection() != null).count() > 1) {
            auth.refuse(
                    ISSUERS,
                    "several issuers have 'introspection', and an opaque token does not say which of them issued it",
                    "keep it for one issuer, so that no issuer receives the tokens of another");
        }
        if (Boolean.FALSE.equals(enabled) && local.credential() != null) {
            auth.refuse(
                    CREDENTIAL,
                    "the credential is not checked, because auth.enabled is false",
                    "remove one of the two settings");
        }
        var lifetime = auth.get(TOKEN_LIFETIME);
        var scopes = auth.get(SCOPES);
        var accept = auth.get(ACCEPT);
        if (accept != AcceptedTokens.BEARER && issuers.isEmpty()) {
            auth.refuse(
                    ACCEPT,
                    "tokens that are bound to a key come from an issuer, but auth.issuers is empty",
                    "add their issuer to auth.issuers, or set auth.accept to bearer");
        }
        return new AuthSettings(
                enabled,
                keys,
                shared(secret, issuer, audience),
                issuer,
                lifetime,
                issuers,
                scopes,
                accept,
                publicUrl,
                local);
    }

    private static @Nullable SharedSecretSettings shared(
            @Nullable SecretValue secret, String issuer, @Nullable String audience) {
        return secret == null ? null : new SharedSecretSettings(secret, issuer, audience);
    }
}
