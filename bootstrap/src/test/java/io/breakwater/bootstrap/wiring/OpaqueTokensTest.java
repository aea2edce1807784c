package io.breakwater.bootstrap.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.identity.IntrospectionSettings;
import io.breakwater.adapter.http.identity.IntrospectionVerifier;
import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authentication.Challenge;
import io.breakwater.port.driving.Authentication.Unavailable;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.sample.identity.OpenIdProvider;
import io.breakwater.sample.identity.ProviderBehavior;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.StandardAuthentication;
import io.breakwater.server.execution.ServerExecutors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Opaque tokens of a real provider at a server, which decides when it asks the provider. */
class OpaqueTokensTest {
    private static final RemotePeer PEER = new RemotePeer("192.0.2.1");

    private static final String AUDIENCE = "https://mcp.example/mcp";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final OpenIdProvider provider = OpenIdProvider.start("", clock);
    private final OutboundHttpClient client =
            OutboundHttpClient.with(OutboundSettings.defaults().withAllowed(List.of("127.0.0.1")), SettingNames.JAVA);
    private final Breakwater server = Breakwater.named("t")
            .executors(new MovedClock(ServerExecutors.standard(), clock))
            .authentication(StandardAuthentication.of(ApiKeys.NONE).withVerifier(verifier()))
            .build();

    private IntrospectionVerifier verifier() {
        provider.addClient("server", "secret");
        var settings =
                IntrospectionSettings.of(provider.issuer(), provider.uri("/introspect"), "server", "secret", AUDIENCE);
        return IntrospectionVerifier.of(settings, client, clock);
    }

    @AfterEach
    void close() {
        server.close();
        provider.close();
        client.close();
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private String issued() {
        return provider.opaqueToken(provider.token(AUDIENCE).claims());
    }

    private int requests() {
        return provider.requests("/introspect");
    }

    private CompletableFuture<Authentication> send(String token) {
        return server.host()
                .authenticate(
                        name -> name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of(), PEER);
    }

    private static Authentication answer(CompletableFuture<Authentication> sent) throws Exception {
        return sent.get(Eventually.SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aTokenThatItsIssuerRevokedIsAcceptedForAMinuteAtMost() throws Exception {
        var token = issued();
        for (int i = 0; i < 10; i++) {
            assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
        }
        assertThat(requests()).isEqualTo(1);

        provider.revoke(token);
        pass(Duration.ofSeconds(60).minusMillis(1));
        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
        pass(Duration.ofMillis(1));
        for (int i = 0; i < 10; i++) {
            assertThat(answer(send(token))).isInstanceOf(Challenge.class);
        }
        assertThat(requests()).isEqualTo(2);
    }

    @Test
    void concurrentCallsWithOneTokenShareOneRequest() throws Exception {
        provider.behave(ProviderBehavior.SLOW);
        var token = issued();
        var sent = new ArrayList<CompletableFuture<Authentication>>();
        for (int i = 0; i < 20; i++) {
            sent.add(send(token));
        }
        Eventually.holds(() -> requests() == 1);
        provider.behave(ProviderBehavior.CORRECT);

        for (var one : sent) {
            assertThat(answer(one)).isInstanceOf(Authenticated.class);
        }
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void aFloodOfUnknownTokensCausesAsManyRequestsAsTheBudgetAllows() throws Exception {
        var token = issued();
        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
        for (int i = 0; i < 50; i++) {
            assertThat(answer(send("unknown" + i))).isInstanceOf(Challenge.class);
        }
        int before = requests();
        for (int i = 0; i < 50; i++) {
            assertThat(answer(send("unknown" + i))).isInstanceOf(Challenge.class);
        }

        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    @CoversOutage("opaque tokens: introspection endpoint down")
    void withoutItsIssuerATokenIsAcceptedForAMinuteAndThen503() throws Exception {
        var token = issued();
        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
        provider.behave(ProviderBehavior.DOWN);
        pass(Duration.ofSeconds(60).minusMillis(1));
        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);

        pass(Duration.ofMillis(1));
        assertThat(answer(send(token))).isInstanceOf(Unavailable.class);
        provider.behave(ProviderBehavior.CORRECT);
        assertThat(answer(send(token))).isInstanceOf(Authenticated.class);
    }

    /** Real threads with the clock of the test. */
    private record MovedClock(ServerExecutors threads, InstantSource clock) implements ServerExecutors {
        @Override
        public Executor virtualThreads() {
            return threads.virtualThreads();
        }

        @Override
        public Executor cpuPool() {
            return threads.cpuPool();
        }

        @Override
        public Scheduled scheduleRepeatedly(Duration pause, Runnable task) {
            return threads.scheduleRepeatedly(pause, task);
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            return threads.schedule(delay, task);
        }

        @Override
        public long nanoTime() {
            return threads.nanoTime();
        }

        @Override
        public void close() {
            threads.close();
        }
    }
}
