package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import io.breakwater.port.support.ReservedFields;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the server authenticates to an HTTP service. */
public sealed interface ServiceCredentials {

    /** The service needs no credentials. */
    record None() implements ServiceCredentials {}

    /**
     * A secret in a header field, such as an API key in {@code X-API-Key}.
     *
     * @param field the name of the field
     */
    record HeaderField(String field, Secret value) implements ServiceCredentials {
        private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

        /** Refuses a name that is no field or is reserved for another purpose, and a value that a field cannot have. */
        public HeaderField {
            notNull(field, "ServiceCredentials.HeaderField.field");
            notNull(value, "ServiceCredentials.HeaderField.value");
            check(
                    TOKEN.matcher(field).matches(),
                    "field must be the name of a header field, but is \"" + field + "\".");
            check(
                    ReservedFields.canCarrySecret(field),
                    "field must not be " + field + ", which carries no credentials.");
            checkPrintable(value, "value");
        }
    }

    /** A fixed token in the field {@code Authorization} (RFC 6750). */
    record Bearer(Secret token) implements ServiceCredentials {
        /** Refuses a value that a field cannot have. */
        public Bearer {
            notNull(token, "ServiceCredentials.Bearer.token");
            checkPrintable(token, "token");
            check(token.reveal().indexOf(' ') < 0, "token must contain no spaces.");
        }
    }

    /** A user name and a password in the field {@code Authorization} (RFC 7617). */
    record Basic(String user, Secret password) implements ServiceCredentials {
        /** Refuses a user name with a colon or control characters. */
        public Basic {
            notNull(user, "ServiceCredentials.Basic.user");
            notNull(password, "ServiceCredentials.Basic.password");
            check(
                    user.chars().noneMatch(c -> c == ':' || Character.isISOControl(c)),
                    "user must contain no colon and no control characters.");
        }
    }

    /**
     * A token that an authorization server issues to this server (OAuth 2.0 client credentials, RFC 6749 section 4.4). It
     * is kept until shortly before it expires.
     */
    record ClientCredentials(TokenEndpoint endpoint) implements ServiceCredentials {
        /** Refuses null. */
        public ClientCredentials {
            notNull(endpoint, "ServiceCredentials.ClientCredentials.endpoint");
        }
    }

    /**
     * A token for each caller, which an authorization server issues in exchange for the caller's own (OAuth 2.0 token
     * exchange, RFC 8693). The token of the caller is sent to the token endpoint only, and never to the service. Callers
     * without a token, for example those with an API key, cannot call the service.
     */
    record TokenExchange(TokenEndpoint endpoint) implements ServiceCredentials {
        /** Refuses null. */
        public TokenExchange {
            notNull(endpoint, "ServiceCredentials.TokenExchange.endpoint");
        }
    }

    /**
     * The token endpoint of an authorization server, and what the server requests there. It authenticates with HTTP Basic
     * (RFC 6749 section 2.3.1).
     *
     * @param url the URL; https, or http of this machine
     * @param clientId the identifier of this server
     * @param clientSecret the secret of this server
     * @param scopes the scopes of the tokens; none for the defaults of the authorization server
     * @param audience the service for which the tokens are, as the authorization server names it; null to leave it out
     */
    record TokenEndpoint(
            String url,
            String clientId,
            Secret clientSecret,
            List<String> scopes,
            @Nullable String audience) {
        /** Refuses a URL to which no secret should be sent. */
        public TokenEndpoint {
            notNull(url, "ServiceCredentials.TokenEndpoint.url");
            notNull(clientId, "ServiceCredentials.TokenEndpoint.clientId");
            notNull(clientSecret, "ServiceCredentials.TokenEndpoint.clientSecret");
            scopes = nonNullCopy(scopes, "ServiceCredentials.TokenEndpoint.scopes");
            check(
                    isUsable(url),
                    "url must be an https URL without a user and a fragment, or an http URL of this machine.");
        }

        private static boolean isUsable(String url) {
            var uri = URI.create(url);
            var host = uri.getHost();
            boolean local =
                    host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
            return host != null
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local))
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().startsWith("/");
        }

        /** Returns scheme, host and port of the endpoint. */
        public ServiceOrigin origin() {
            var uri = URI.create(url);
            boolean tls = "https".equals(uri.getScheme());
            return ServiceOrigin.parse((tls ? "https://" : "http://") + uri.getRawAuthority());
        }

        /** Returns the path and the query of the endpoint. */
        public String target() {
            var uri = URI.create(url);
            return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
        }
    }

    private static void checkPrintable(Secret secret, String component) {
        check(
                secret.reveal().chars().allMatch(c -> c >= ' ' && c < 127),
                component + " must consist of printable ASCII characters.");
    }
}
