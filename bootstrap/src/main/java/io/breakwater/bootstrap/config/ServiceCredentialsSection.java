package io.breakwater.bootstrap.config;

import io.breakwater.port.support.ReservedFields;
import io.breakwater.server.settings.Secret;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads how the server authenticates to one of the {@code services}. */
final class ServiceCredentialsSection {
    private static final ServiceCredentials NONE = new ServiceCredentials.None();

    private static final Setting<String> API_KEY_HEADER = Setting.text(
                    "api-key-header",
                    "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}",
                    ReservedFields::canCarrySecret,
                    "the name of a header field that is not for framing, forwarding or traces")
            .byDefault("X-API-Key")
            .description("The header field with `api-key`.");

    private static final Setting<SecretValue> BEARER_TOKEN = Setting.fieldSecret("bearer-token", false)
            .description("A token, which is sent as `Authorization: Bearer`.");

    private static final Setting<String> USER = Setting.text(
                    "user", "[^:\\p{Cntrl}]{1,200}", "up to 200 characters without a colon")
            .description("The name of the user.");
    private static final Setting<SecretValue> PASSWORD =
            Setting.secret("password", 1).description("The password of the user.");

    private static final Setting<TokenGrant> GRANT = Setting.choice("grant", TokenGrant.class)
            .byDefault(TokenGrant.CLIENT_CREDENTIALS)
            .description("`client-credentials` for a token of the server; `token-exchange` for a token of each caller"
                    + " in exchange for the caller's own (RFC 8693), so that callers without a token cannot call the"
                    + " service.");
    private static final Setting<URI> URL = Setting.url("url").description("The URL of the token endpoint.");
    private static final Setting<String> CLIENT_ID = Setting.text(
                    "client-id", "[\\p{Graph} ]{1,1000}", "an id of printable ASCII characters")
            .description("The id of the server at the authorization server.");
    private static final Setting<SecretValue> CLIENT_SECRET =
            Setting.secret("client-secret", 1).description("The secret of the server there.");
    private static final Setting<List<String>> SCOPES = Setting.texts("scopes", AccessRuleSection.SCOPE, "a scope")
            .byDefault(List.of())
            .description("The scopes of the tokens; none for the defaults of the authorization server.");
    private static final Setting<String> AUDIENCE = Setting.text("audience", "\\S{1,1000}", "text without spaces")
            .description("The service for which the tokens are, as the authorization server names it.");

    /** How a token for the service is requested. */
    private enum TokenGrant {
        CLIENT_CREDENTIALS,
        TOKEN_EXCHANGE
    }

    private final SectionReader service;
    private final List<ServiceCredentials> found = new ArrayList<>();

    private ServiceCredentialsSection(SectionReader service) {
        this.service = service;
    }

    static ServiceCredentials read(String name, SectionReader service) {
        return new ServiceCredentialsSection(service).read(name);
    }

    /** Returns the further variable for the API key of a service. */
    static String variable(String service) {
        return "API_KEY_" + service.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private ServiceCredentials read(String name) {
        apiKey(name);
        var token = service.find(BEARER_TOKEN);
        if (token != null) {
            found.add(service.create(() -> new ServiceCredentials.Bearer(secret(token)), NONE));
        }
        basic(service.section("basic", "A user name and a password for the service, sent as `Authorization: Basic`."));
        oauth2(service.section("oauth2", "A token for the service, which an authorization server issues (OAuth 2.0)."));
        if (found.size() > 1) {
            service.refuse(
                    "the service has several credentials",
                    "keep one of 'api-key' (or " + variable(name) + "), 'bearer-token', 'basic' and 'oauth2'");
        }
        return found.isEmpty() ? NONE : found.getFirst();
    }

    private void apiKey(String name) {
        var key = service.find(Setting.fieldSecret("api-key", true)
                .alsoFrom(variable(name))
                .description("A secret, which is sent in the header field `api-key-header`."));
        var header = service.get(API_KEY_HEADER);
        if (key != null) {
            found.add(service.create(() -> new ServiceCredentials.HeaderField(header, secret(key)), NONE));
        }
    }

    private void basic(SectionReader basic) {
        var user = basic.find(USER);
        var password = basic.find(PASSWORD);
        if (user != null && password != null) {
            found.add(basic.create(() -> new ServiceCredentials.Basic(user, secret(password)), NONE));
        } else if (user != null || password != null) {
            basic.refuse("one of 'user' and 'password' is missing", "write both");
        }
    }

    private void oauth2(SectionReader oauth2) {
        var grant = oauth2.get(GRANT);
        var url = oauth2.find(URL);
        var id = oauth2.find(CLIENT_ID);
        var secret = oauth2.find(CLIENT_SECRET);
        var scopes = oauth2.get(SCOPES);
        var audience = oauth2.find(AUDIENCE);
        if (url != null && id != null && secret != null) {
            found.add(oauth2.create(
                    () -> credentials(grant, new TokenEndpoint(url.toString(), id, secret(secret), scopes, audience)),
                    NONE));
        } else if (Stream.of(url, id, secret, audience).anyMatch(Objects::nonNull)
                || grant != TokenGrant.CLIENT_CREDENTIALS
                || !scopes.isEmpty()) {
            oauth2.refuse("one of 'url', 'client-id' and 'client-secret' is missing or not valid", "write all three");
        }
    }

    private static ServiceCredentials credentials(TokenGrant grant, TokenEndpoint endpoint) {
        return switch (grant) {
            case CLIENT_CREDENTIALS -> new ServiceCredentials.ClientCredentials(endpoint);
            case TOKEN_EXCHANGE -> new ServiceCredentials.TokenExchange(endpoint);
        };
    }

    private static Secret secret(SecretValue value) {
        return Secret.of(value.reveal());
    }
}
