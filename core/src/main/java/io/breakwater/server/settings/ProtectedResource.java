package io.breakwater.server.settings;

import static io.breakwater.port.support.SettingChecks.check;
import static io.breakwater.port.support.SettingChecks.nonNullCopy;
import static io.breakwater.port.support.SettingChecks.notNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/**
 * The server as an OAuth 2.0 protected resource (RFC 9728): what clients need to know to obtain an access token.
 *
 * @param url the URL of the MCP endpoint as clients use it, without a slash at its end, for example
 *     {@code https://tools.example.com/mcp}. Tokens are issued for exactly this URL
 * @param authorizationServers the issuers of tokens, at least one
 * @param scopes the scopes that clients request first, as few as possible. A token without them is accepted; a client
 *     obtains others when an operation requires them
 */
public record ProtectedResource(String url, List<String> authorizationServers, List<String> scopes) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Refuses URLs that clients could not use, and scopes that are no scopes of this server. */
    public ProtectedResource {
        notNull(url, "ProtectedResource.url");
        authorizationServers = nonNullCopy(authorizationServers, "ProtectedResource.authorizationServers");
        scopes = nonNullCopy(scopes, "ProtectedResource.scopes");
        checkUrl("url", url);
        check(!url.endsWith("/"), "url must not end with a slash, but is " + url + ".");
        check(!authorizationServers.isEmpty(), "authorizationServers must name at least one issuer.");
        authorizationServers.forEach(server -> checkUrl("authorizationServers", server));
        scopes.forEach(ProtectedResource::checkScope);
    }

    private static void checkUrl(String component, String text) {
        check(
                isUsable(text),
                component + " must be an https URL without a query, a fragment and a user, or an http URL of this"
                        + " machine, but is " + text + ".");
    }

    private static boolean isUsable(String text) {
        try {
            var uri = new URI(text);
            boolean secure = "https".equals(uri.getScheme())
                    || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
            return secure
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A scope token of RFC 6749 section 3.3. */
    private static void checkScope(String scope) {
        check(
                !scope.isEmpty() && scope.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\'),
                "scopes must consist of visible ASCII characters without quotes and backslashes, but one is '" + scope
                        + "'.");
        check(
                !scope.equals("offline_access"),
                "scopes must not contain offline_access: whether a client gets a refresh token is between the client"
                        + " and the authorization server.");
    }
}
