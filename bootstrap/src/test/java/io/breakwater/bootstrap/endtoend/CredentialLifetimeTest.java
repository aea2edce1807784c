package io.breakwater.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.apikey.ApiKeysEditor;
import io.breakwater.bootstrap.apikey.IssuedKey;
import io.breakwater.bootstrap.apikey.KeyRights;
import io.breakwater.bootstrap.apikey.NewKey;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.identity.SigningKey;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a credential is good: until it is revoked or expires, also while its issuer cannot be reached. */
class CredentialLifetimeTest {
    /** Longer than the lifetime of the keys of an issuer in the cache. */
    private static final Duration OUTAGE = Duration.ofMinutes(20);

    private static final int KEYS = 5;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final InstantSource clock = now::get;
    private final SigningKey signingKey = SigningKey.generate("key", "ES256");
    private final OpenIdProvider provider = OpenIdProvider.start("", clock, signingKey);
    private final Path file = Scratch.folder("breakwater-keys").resolve("api_keys.json");
    private final ApiKeysEditor keys = new ApiKeysEditor(file, InstantSource.system());
    private final List<IssuedKey> issued = IntStream.range(0, KEYS)
            .mapToObj(i -> keys.create(
                    new NewKey("key-" + i, new KeyRights(List.of(), List.of(GuardedServer.SCOPE), ""), null)))
            .toList();
    private final HttpClient http = HttpClient.newHttpClient();
    private GuardedServer server;

    @BeforeEach
    void start() {
        server = GuardedServer.start(provider, file, clock);
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
        provider.close();
    }

    private HttpResponse<String> call(String credential) throws IOException, InterruptedException {
        var body = Messages.modern("1", "tools/call", "\"name\":\"health_check\",\"arguments\":{}");
        var request = HttpRequest.newBuilder(URI.create(server.url()))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", "health_check")
                .header("Authorization", "Bearer " + credential)
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private int status(String credential) throws IOException, InterruptedException {
        return call(credential).statusCode();
    }

    /** A token with the scope of the server; the name makes it differ from others. */
    private String token(String name) {
        return provider.token(server.url())
                .claim("scope", GuardedServer.SCOPE)
                .claim("jti", name)
                .sign(signingKey);
    }

    /** The time from the revocation of a key until the server refuses it, in the middle of five measurements. */
    @Test
    void aRevokedKeyIsRefusedWithinASecond() throws Exception {
        var times = new ArrayList<Duration>();
        for (var key : issued) {
            times.add(revocationTime(key));
        }

        assertThat(times.stream().sorted().toList().get(KEYS / 2)).isLessThan(Duration.ofSeconds(1));
    }

    private Duration revocationTime(IssuedKey key) throws Exception {
        var credential = key.parts().reveal();
        assertThat(status(credential)).isEqualTo(200);

        keys.revoke(key.stored().id());
        long revoked = System.nanoTime();
        Eventually.holds(() -> status(credential) != 200);
        var time = Duration.ofNanos(System.nanoTime() - revoked);

        var refused = call(credential);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer error=\"invalid_token\"");
        return time;
    }

    @Test
    @CoversOutage("signed tokens: identity provider down")
    void goodTokensPassWhileTheProviderIsDown() throws Exception {
        var known = token("known");
        assertThat(status(known)).isEqualTo(200);

        provider.behave(ProviderBehavior.DOWN);
        for (var passed = Duration.ZERO; passed.compareTo(OUTAGE) < 0; passed = passed.plusMinutes(1)) {
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
            assertThat(status(known)).as("a known token after %s", passed).isEqualTo(200);
            assertThat(status(token("new-" + passed)))
                    .as("a new token after %s", passed)
                    .isEqualTo(200);
        }
        assertThat(status(forged())).isEqualTo(401);
    }

    private String forged() {
        var other = SigningKey.generate(signingKey.id(), "ES256");
        return provider.token(server.url())
                .claim("scope", Json.of(GuardedServer.SCOPE))
                .sign(other);
    }

    @Test
    void aTokenIsRefusedWhenItExpires() throws Exception {
        var token = token("short");
        assertThat(status(token)).isEqualTo(200);

        now.updateAndGet(time -> time.plus(Duration.ofMinutes(62)));
        assertThat(status(token)).isEqualTo(401);
    }
}
