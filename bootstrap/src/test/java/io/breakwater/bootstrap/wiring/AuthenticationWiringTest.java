package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration without errors leads to a server. */
class AuthenticationWiringTest {
    private static final String INTROSPECTION =
            "introspection: {url: 'https://id.example.com/x', client-id: a, client-secret: b}";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{issuer: acme, " + INTROSPECTION + "}",
                "{issuer: 'http://id.example.com/', " + INTROSPECTION + "}",
                "{issuer: 'https://id.example.com/', " + INTROSPECTION + "}",
                "{issuer: acme, jwks-url: 'https://id.example.com/keys'}",
                "{issuer: 'https://id.example.com/?tenant=a', jwks-url: 'https://id.example.com/keys', " + INTROSPECTION
                        + "}",
                "{issuer: 'http://localhost:9000/realm'}",
                "{issuer: 'https://id.example.com', algorithms: [EdDSA, Ed25519, PS512], audience: [a, b]}"
            })
    void createsAServerForEachKindOfIssuer(String issuer) throws IOException {
        var text =
                "http: {public-url: 'https://tools.example.com/mcp'}\nauth: {scopes: [a], issuers: [" + issuer + "]}\n";
        var file = Files.writeString(folder.resolve("breakwater.yaml"), text);
        var configuration = Configuration.load(new ConfigurationSources(file, Map.of(), List.of(), folder));

        assertThatCode(() -> ApplicationComponent.of(configuration).server().close())
                .doesNotThrowAnyException();
    }
}
