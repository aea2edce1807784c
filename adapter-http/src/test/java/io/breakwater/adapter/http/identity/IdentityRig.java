package io.breakwater.adapter.http.identity;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.driven.TokenVerifier.Candidate;
import io.breakwater.port.driven.TokenVerifier.NotRecognized;
import io.breakwater.port.driven.TokenVerifier.Rejected;
import io.breakwater.port.driven.TokenVerifier.Verification;
import io.breakwater.port.memory.ManualCallContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What verifiers need, with a clock that the test moves and requests over real sockets. */
final class IdentityRig implements AutoCloseable {
    static final String AUDIENCE = "https://mcp.example/mcp";
    static final KeySetSettings SETTINGS = KeySetSettings.DEFAULT.withTimeout(Duration.ofSeconds(60));

    final TestClock clock = new TestClock();
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final OutboundHttpClient client =
            OutboundHttpClient.with(OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA);

    JwtVerifier jwt(JwtIssuer... issuers) {
        return jwt(SETTINGS, issuers);
    }

    JwtVerifier jwt(KeySetSettings settings, JwtIssuer... issuers) {
        return JwtVerifier.of(List.of(issuers), settings, client, threads, clock);
    }

    static Verification verify(TokenVerifier verifier, String token) {
        return switch (verifier.inspect(token)) {
            case Candidate candidate -> candidate.verify(ManualCallContext.unhurried());
            case Rejected rejected -> rejected;
            case NotRecognized unknown -> new Rejected("The token is not recognized.");
        };
    }

    @Override
    public void close() {
        client.close();
        threads.shutdownNow();
    }
}
