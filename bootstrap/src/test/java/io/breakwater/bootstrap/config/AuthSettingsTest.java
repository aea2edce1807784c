package io.breakwater.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.config.IssuerSettings.IntrospectionSettings;
import io.breakwater.port.support.ApiKeyFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {
    private static final String STRONG = "vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm0EuAo";
    private static final String ISSUERS = """
            auth:
              issuers:
                - issuer: https://id.example.com
                  audience: https://mcp.example.com
                  algorithms: [ES256, EdDSA]
                  roles-claim: realm_access.roles
                  tenant-claim: org
                - issuer: https://opaque.example.com
                  jwks-url: https://opaque.example.com/keys
                  introspection: {url: https://opaque.example.com/introspect, client-id: mcp, client-secret: hush}
            """;

    @TempDir
    private Path folder = Path.of("");

    private AuthSettings settings(String yaml) {
        return new ConfigFolder(folder)
                .file("breakwater.yaml", yaml)
                .load()
                .settings()
                .auth();
    }

    private List<String> errors(String yaml) {
        return new ConfigFolder(folder).file("breakwater.yaml", yaml).errors();
    }

    @Test
    void nothingIsRequiredByDefault() {
        var auth = settings("");

        assertThat(auth.apiKeys().file()).isEqualTo(Path.of("config", "api_keys.json"));
        assertThat(auth.apiKeys().single()).isNull();
        assertThat(auth.jwt()).isNull();
        assertThat(auth.issuers()).isEmpty();
        assertThat(auth.isEnabled(false)).isFalse();
    }

    @Test
    void issuersAndTheToolLoginExcludeEachOther() {
        var yaml = """
                packs: {auth: true}
                store: {url: 'postgresql://breakwater@127.0.0.1/breakwater'}
                auth:
                  jwt-secret: kN3v9Qw7Zx1Lr5Tb8Yc2Ud6Pf0Hg4Jm
                  issuers: [{issuer: 'https://id.example.com'}]
                """;

        assertThat(errors(yaml))
                .anySatisfy(error -> assertThat(error).contains("packs.auth", "use either packs.auth or auth.issuers"));
    }

    @Test
    void tokensCannotBeIssuedForAPortThatIsNotKnown() {
        var yaml = """
                http: {port: 0}
                auth: {issuers: [{issuer: 'https://id.example.com'}]}
                """;

        assertThat(errors(yaml)).anySatisfy(error -> assertThat(error).contains("set http.public-url"));
    }

    @Test
    void tokensThatAreBoundToAKeyAreOffByDefaultAndNeedAnIssuer() {
        assertThat(settings(ISSUERS).accept()).isEqualTo(AcceptedTokens.BEARER);
        assertThat(settings(ISSUERS + "  accept: both\n").accept()).isEqualTo(AcceptedTokens.BOTH);
        assertThat(settings(ISSUERS + "  accept: dpop\n").accept()).isEqualTo(AcceptedTokens.DPOP);
        assertThat(errors(ISSUERS + "  accept: mtls\n"))
                .singleElement()
                .asString()
                .contains("auth.accept", "one of bearer, dpop, both");
        assertThat(errors("auth: {accept: dpop, jwt-secret: " + STRONG + "}"))
                .singleElement()
                .asString()
                .contains("auth.accept", "auth.issuers is empty", "set auth.accept to bearer");
    }

    @Test
    void aCredentialTurnsAuthenticationOn() {
        assertThat(settings("").isEnabled(true)).isTrue();
        assertThat(settings("auth: {api-key: " + STRONG + "}").isEnabled(false)).isTrue();
        assertThat(settings("auth: {jwt-secret: " + STRONG + "}").isEnabled(false))
                .isTrue();
        assertThat(settings(ISSUERS).isEnabled(false)).isTrue();
        assertThat(settings("auth: {api-keys-file: /absent/keys.json}").isEnabled(false))
                .isTrue();
        assertThat(settings("auth: {credential: x}").isEnabled(false)).isTrue();
        assertThat(settings("auth: {enabled: true}").isEnabled(false)).isTrue();
        assertThat(settings("auth: {enabled: false, api-key: " + STRONG + "}").isEnabled(true))
                .isFalse();
    }

    @Test
    void theFixedVariablesAreRead() throws IOException {
        var secret = Files.writeString(folder.resolve("jwt"), STRONG + "\n");
        var auth = new ConfigFolder(folder)
                .variable("MCP_AUTH_ENABLED", "true")
                .variable("MCP_API_KEY", STRONG)
                .variable("BREAKWATER_AUTH_API_KEY_ROLES", "reader,writer")
                .variable("JWT_SECRET_FILE", secret.toString())
                .load()
                .settings()
                .auth();

        assertThat(auth.enabled()).isTrue();
        assertThat(auth.apiKeys().single()).isEqualTo(SecretValue.of(STRONG));
        assertThat(auth.apiKeys().roles()).containsExactly("reader", "writer");
        assertThat(auth.jwt()).isEqualTo(new SharedSecretSettings(SecretValue.of(STRONG), "breakwater", null));
    }

    @ParameterizedTest
    @CsvSource({
        "short, it has only 5 bytes",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, it repeats one character",
        "change-me-vR4nXq8Lw2Tz9Kc5Hj7Fb3Gy6Ps1Dm, it contains the word 'change-me'"
    })
    void aWeakSecretIsRefusedAndNotRepeated(String weak, String reason) {
        for (var variable : List.of("MCP_API_KEY", "JWT_SECRET")) {
            assertThat(new ConfigFolder(folder).variable(variable, weak).errors())
                    .singleElement()
                    .asString()
                    .startsWith("$" + variable)
                    .contains("the secret can be guessed: " + reason, "openssl rand -base64 48")
                    .doesNotContain(weak);
        }
    }

    @Test
    void aSecretFileWithoutContentIsRefused() throws Exception {
        var empty = Files.writeString(folder.resolve("key"), "\n");

        assertThat(new ConfigFolder(folder)
                        .variable("MCP_API_KEY_FILE", empty.toString())
                        .errors())
                .singleElement()
                .asString()
                .contains("the file " + empty + " has no content; write the secret to it");
    }

    @Test
    void aTextInTheFileThatIsNotAListOfIssuersIsRefusedWithTheFormInYaml() throws Exception {
        assertThat(new ConfigFolder(folder)
                        .file("breakwater.yaml", "auth: {issuers: 'https://id.example.com'}")
                        .errors())
                .singleElement()
                .asString()
                .contains("write each item below the name of the setting, as '- name: value'");
    }

    @Test
    void aSecondIssuerWithIntrospectionIsRefused() {
        var issuer = "{issuer: 'https://%s.example', introspection: {url: 'https://%<s.example', client-id: a,"
                + " client-secret: b}}";
        var yaml = "auth: {issuers: [" + issuer.formatted("a") + ", " + issuer.formatted("b") + "]}";

        assertThat(errors(yaml))
                .singleElement()
                .asString()
                .contains("auth.issuers: several issuers have 'introspection'", "keep it for one issuer");
    }

    @Test
    void aCredentialThatWouldNotBeCheckedIsRefused() {
        assertThat(errors("auth: {enabled: false, credential: x}"))
                .singleElement()
                .asString()
                .contains("auth.credential: the credential is not checked, because auth.enabled is false");
    }

    @Test
    void aKeyOfTheKeyCommandIsAStrongSecret() {
        var key = ApiKeyFormat.generate().reveal();

        assertThat(new ConfigFolder(folder).variable("MCP_API_KEY", key).errors())
                .isEmpty();
    }

    @Test
    void readsIssuers() {
        assertThat(settings(ISSUERS).issuers())
                .containsExactly(
                        new IssuerSettings(
                                "https://id.example.com",
                                List.of("https://mcp.example.com"),
                                null,
                                List.of("ES256", "EdDSA"),
                                "realm_access.roles",
                                "scope",
                                "org",
                                null),
                        new IssuerSettings(
                                "https://opaque.example.com",
                                List.of(),
                                URI.create("https://opaque.example.com/keys"),
                                List.of(),
                                "roles",
                                "scope",
                                null,
                                new IntrospectionSettings(
                                        URI.create("https://opaque.example.com/introspect"),
                                        "mcp",
                                        SecretValue.of("hush"))));
    }

    @Test
    void oneSettingNamesTheClaimWithTheTenantForAllIssuersThatNameNone() {
        assertThat(settings("auth: {tenant-claim: tid, issuers: [{issuer: 'https://a.example'},"
                                + " {issuer: 'https://b.example', tenant-claim: org}]}")
                        .issuers())
                .extracting(IssuerSettings::tenantClaim)
                .containsExactly("tid", "org");
    }

    @Test
    void aClaimWithTheTenantNeedsAnIssuer() {
        assertThat(errors("auth: {tenant-claim: tid}"))
                .singleElement()
                .asString()
                .contains("auth.tenant-claim: tokens with a tenant come from an issuer", "add their issuer");
    }

    @Test
    void aVariableContainsIssuersAsJson() {
        var auth = new ConfigFolder(folder)
                .variable("BREAKWATER_AUTH_ISSUERS", "[{\"issuer\": \"https://id.example.com\"}]")
                .load()
                .settings()
                .auth();

        assertThat(auth.issuers()).extracting(IssuerSettings::issuer).containsExactly("https://id.example.com");
    }

    @Test
    void everyErrorInAnIssuerIsReportedWithItsPlace() {
        assertThat(errors("""
                        auth:
                          issuers:
                            - issuer: https://id.example.com
                              audiense: x
                              algorithms: [none]
                            - jwks-url: http://id.example.com/keys
                            - issuer: x
                              introspection: {url: https://id.example.com/introspect}
                        """))
                .anySatisfy(error -> assertThat(error)
                        .startsWith("breakwater.yaml:4:7: auth.issuers.audiense: there is no such setting")
                        .contains("did you mean audience?"))
                .anySatisfy(error -> assertThat(error).contains("auth.issuers.algorithms: 'none' is not valid"))
                .anySatisfy(error -> assertThat(error).contains("auth.issuers.jwks-url", "write an https URL"))
                .anySatisfy(error -> assertThat(error)
                        .startsWith("breakwater.yaml:8:22: auth.issuers.introspection: 'client-id' is missing"));
    }

    @ParameterizedTest
    @CsvSource({"hush", "[{hush", "{}", "{\"issuer\": \"hush\"}"})
    void aVariableThatIsNotAListIsRefusedAndNotRepeated(String text) {
        assertThat(new ConfigFolder(folder)
                        .variable("BREAKWATER_AUTH_ISSUERS", text)
                        .errors())
                .singleElement()
                .asString()
                .contains("auth.issuers", "write it as JSON")
                .doesNotContain("hush");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {issuers: [{issuer: x, jwks-url: 'https://u:hush@id.example.com/keys'}]}",
                "auth: {issuers: [{issuer: x, jwks-url: 'http://id.example.com/keys?key=hush'}]}",
                "auth: {issuers: [{issuer: x, introspection: {url: 'https://u:hush@id.example.com/', client-id: c,"
                        + " client-secret: s}}]}",
                "http: {public-url: 'https://u:hush@mcp.example.com/mcp'}",
                "http: {public-url: 'https://mcp.example.com/mcp?key=hush'}"
            })
    void anErrorInAUrlDoesNotRepeatItsUserAndItsQuery(String yaml) {
        assertThat(errors(yaml)).isNotEmpty();
        assertThat(errors(yaml)).allSatisfy(error -> assertThat(error).doesNotContain("hush"));
        assertThat(errors(yaml)).anySatisfy(error -> assertThat(error).contains("the value is not valid", "a user"));
    }

    @Test
    void reportsMaskTheQueryOfAUrl() {
        var shown = YamlWriter.effective(
                new ConfigFolder(folder).file("breakwater.yaml", """
                    auth:
                      issuers:
                        - issuer: https://id.example.com
                          jwks-url: https://id.example.com/keys?apikey=hush
                          introspection: {url: "https://id.example.com/in?apikey=hush", client-id: c, client-secret: s}
                    """).load().sections());

        assertThat(shown)
                .contains("https://id.example.com/keys?" + SecretValue.MASK)
                .doesNotContain("hush");
    }

    @Test
    void reportsMaskTheSecrets() {
        var shown = YamlWriter.effective(new ConfigFolder(folder)
                .file("breakwater.yaml", ISSUERS)
                .variable("MCP_API_KEY", STRONG)
                .variable("JWT_SECRET", STRONG)
                .load()
                .sections());

        assertThat(shown)
                .contains("\"client-secret\":\"" + SecretValue.MASK + "\"", "https://opaque.example.com/introspect")
                .doesNotContain("hush", STRONG);
    }

    @Test
    void aMisspeltSettingIsSuggested() {
        assertThat(errors("auth: {api-keys: x}")).singleElement().asString().contains("did you mean api-key");
    }
}
