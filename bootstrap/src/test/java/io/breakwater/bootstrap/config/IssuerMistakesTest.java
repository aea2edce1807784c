package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What would stop the server only when it creates the verifiers of tokens is an error in the configuration. */
class IssuerMistakesTest {
    private static final String PUBLIC_URL = "http: {public-url: 'https://tools.example.com/mcp'}\n";
    private static final String LOGIN = "https://login.example.com/";

    @TempDir
    private Path folder = Path.of("");

    private List<String> errors(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml).errors();
    }

    private void assertError(String yaml, String place, String... parts) {
        assertThat(errors(yaml))
                .singleElement()
                .asString()
                .startsWith("breakwater.yaml:" + place + ": ")
                .contains(parts);
    }

    @Test
    void anIssuerIsListedOnce() {
        assertError(
                PUBLIC_URL + "auth:\n  issuers:\n    - issuer: " + LOGIN + "\n    - {issuer: '" + LOGIN
                        + "', audience: [other]}\n",
                "4:5: auth.issuers",
                "the issuer '" + LOGIN + "' is in the list twice; merge the two");
    }

    @Test
    void anIssuerIsNotTheServerItself() {
        assertError(
                PUBLIC_URL + "auth:\n  jwt-secret: Zq8vT2xLr5Kf9Wc1Yb7Hn4Pd6Gs0MjAeUoIy3RtX\n  jwt-issuer: " + LOGIN
                        + "\n  issuers: [{issuer: '" + LOGIN + "'}]\n",
                "5:12: auth.issuers",
                "is also auth.jwt-issuer; change auth.jwt-issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://login.example.com/", "acme", "https://login.example.com/?a=b", "HTTPS://id.example"})
    void anIssuerWithoutAKeySetIsAnHttpsUrl(String issuer) {
        assertError(
                PUBLIC_URL + "auth: {issuers: [{issuer: '" + issuer + "'}]}\n",
                "2:27: auth.issuers.issuer",
                "is not an https URL without a query and a fragment",
                "set jwks-url or introspection");
    }

    @Test
    void anIssuerOfOtherTokensMayHaveAnyName() {
        var yaml = PUBLIC_URL + """
            auth:
              issuers:
                - {issuer: acme, introspection: {url: 'https://id.example.com/x', client-id: a, client-secret: b}}
                - {issuer: other, jwks-url: 'https://id.example.com/keys'}
            """;

        assertThat(errors(yaml)).isEmpty();
    }

    @Test
    void oneMistakeInAnIntrospectionIsReportedOnce() {
        assertError(
                PUBLIC_URL + "auth: {issuers: [{issuer: '" + LOGIN
                        + "', introspection: {url: 'http://a.example', client-id: a, client-secret: b}}]}\n",
                "2:78: auth.issuers.introspection.url",
                "write an https URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tools.example.com/mcp", "https://user@tools.example.com/mcp"})
    void thePublicUrlIsOneForWhichTokensCanBeIssued(String url) {
        assertError(
                "http: {public-url: '" + url + "'}\nauth: {issuers: [{issuer: '" + LOGIN + "'}]}\n",
                "1:20: http.public-url",
                " URL such as https://tools.example.com/mcp");
    }

    @Test
    void aServerForOtherMachinesNeedsAPublicUrl() {
        assertError(
                "http: {host: 0.0.0.0}\nauth: {issuers: [{issuer: '" + LOGIN + "'}]}\n",
                "2:17: auth.issuers",
                "http://0.0.0.0:8080/mcp; set http.public-url");
    }

    @Test
    void aListenerForProxiesNeedsProxies() {
        assertError(
                "http: {proxy-protocol: {port: 8081}}\n",
                "1:7: http",
                "http.proxy-protocol accepts connections of trusted proxies only, but http.proxies.trusted is empty");
    }

    @Test
    void theScopeForRefreshTokensIsNotOfThisServer() {
        assertError(
                PUBLIC_URL + "auth: {scopes: [offline_access]}\n",
                "2:17: auth.scopes",
                "'offline_access' is not valid",
                "it is for clients and issuers only");
    }

    @Test
    void anAlgorithmIsNamedInTheAdvice() {
        assertError(
                PUBLIC_URL + "auth: {issuers: [{issuer: '" + LOGIN + "', algorithms: [HS256]}]}\n",
                "2:70: auth.issuers.algorithms",
                "write an algorithm such as ES256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1/8", "http://x", "https://id.example.com", "a_b"})
    void theAllowedTargetsAreNetworksAddressesAndHostNames(String entry) {
        assertError(
                "outbound: {allowed: ['" + entry + "']}\n",
                "1:22: outbound.allowed",
                "'" + entry + "' is not valid; write a network such as 10.1.0.0/16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns.example.com", "10.0.0.2:0", "10.0.0.2:99999", "http://10.0.0.2"})
    void aNameServerIsAnAddress(String entry) {
        assertError(
                "outbound: {name-servers: ['" + entry + "']}\n",
                "1:27: outbound.name-servers",
                "'" + entry + "' is not valid; write an address such as 10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource({
        "jwt-secret, bw_aaaaaaaaaa.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "api-key, bw_k7m2p9x4qz.ABABABABABABABABABABABABABABABABABABABABABA"
    })
    void aSecretInTheFormOfAnApiKeyMustLookRandomToo(String name, String weak) {
        assertError(
                "auth: {" + name + ": " + weak + "}\n",
                "1:" + (10 + name.length()) + ": auth." + name,
                "the secret can be guessed");
    }
}
