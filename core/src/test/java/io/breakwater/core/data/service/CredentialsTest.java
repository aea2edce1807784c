package io.breakwater.core.data.service;

import static io.breakwater.core.data.service.Fixture.A;
import static io.breakwater.core.data.service.Fixture.request;
import static io.breakwater.core.data.service.Fixture.service;
import static io.breakwater.port.memory.MemoryServiceTransport.down;
import static io.breakwater.port.memory.MemoryServiceTransport.slow;
import static io.breakwater.port.memory.MemoryServiceTransport.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallerToken;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.CheckSignal;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.MemoryServiceTransport;
import io.breakwater.port.memory.MemoryServiceTransport.Behavior;
import io.breakwater.port.memory.MemoryServiceTransport.Sent;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.Secret;
import io.breakwater.server.settings.ServiceCredentials;
import io.breakwater.server.settings.ServiceCredentials.TokenEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String ISSUER = "https://id.example.com";
    private static final TokenEndpoint ENDPOINT =
            new TokenEndpoint(ISSUER + "/token", "me & co", Secret.of("p:ss"), List.of("read", "write"), "orders");
    private static final ServiceCredentials CLIENT = new ServiceCredentials.ClientCredentials(ENDPOINT);
    private static final ServiceCredentials EXCHANGE = new ServiceCredentials.TokenExchange(ENDPOINT);

    private static Fixture with(ServiceCredentials credentials) {
        var fixture = new Fixture(service(A).withCredentials(credentials));
        fixture.transport.instance(A, status(200));
        return fixture;
    }

    /** Issues the tokens t1, t2, and so on. */
    private static Behavior issuing(int seconds) {
        var count = new AtomicInteger();
        return (request, limits, context) -> token("t" + count.incrementAndGet(), seconds);
    }

    private static ServiceOutcome token(String value, int seconds) {
        var body = "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}";
        return new Response(200, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> authorizations(Fixture fixture) {
        return fixture.transport.sent("/x").stream()
                .map(one -> one.request().fields().getOrDefault("authorization", "none"))
                .toList();
    }

    private static String body(Sent sent) {
        return new String(sent.request().body(), StandardCharsets.UTF_8);
    }

    @Test
    void fixedCredentialsAreFieldsOfEachRequest() {
        var secret = Secret.of("s3cret");
        for (var one : Map.of(
                        new ServiceCredentials.Bearer(secret),
                        Map.of("authorization", "Bearer s3cret"),
                        new ServiceCredentials.Basic("user", secret),
                        Map.of("authorization", "Basic dXNlcjpzM2NyZXQ="),
                        new ServiceCredentials.HeaderField("X-API-Key", secret),
                        Map.of("x-api-key", "s3cret"))
                .entrySet()) {
            try (var fixture = with(one.getKey())) {
                fixture.get();
                assertThat(fixture.transport.sent("/x").getFirst().request().fields())
                        .containsAllEntriesOf(one.getValue());
            }
        }
    }

    @Test
    void aTokenIsRequestedOnceAndUsedForAllCalls() {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, slow(Duration.ofMillis(50), issuing(3600)));
            var calls = new ArrayList<CompletableFuture<ServiceOutcome>>();
            for (int i = 0; i < 20; i++) {
                calls.add(fixture.start(request("GET", null), TestContext.unhurried()));
            }
            calls.forEach(CompletableFuture::join);
            fixture.get();

            assertThat(authorizations(fixture)).hasSize(21).containsOnly("Bearer t1");
            assertThat(fixture.transport.sent("/token")).singleElement().satisfies(one -> {
                assertThat(one.endpoint().written()).isTrue();
                assertThat(one.request().method()).isEqualTo("POST");
                assertThat(body(one).split("&"))
                        .containsExactlyInAnyOrder(
                                "grant_type=client_credentials", "scope=read+write", "audience=orders");
                assertThat(one.request().fields())
                        .containsEntry("authorization", FixedCredentials.basic("me+%26+co", "p%3Ass"));
            });
        }
    }

    @Test
    void anExpiredTokenIsReplaced() {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, issuing(0));
            fixture.get();
            fixture.get();

            assertThat(authorizations(fixture)).containsExactly("Bearer t1", "Bearer t2");
        }
    }

    @Test
    @CoversOutage("services: token endpoint down")
    void withoutATokenNothingIsSentToTheService() {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, down());
            for (int i = 0; i < 20; i++) {
                assertThat(fixture.get())
                        .isInstanceOfSatisfying(
                                NotDelivered.class,
                                one -> assertThat(one.retryAfter()).isNotNull());
            }
            assertThat(fixture.sent()).isZero();
            assertThat(fixture.transport.sent("/token"))
                    .as("failures are shared for a second")
                    .hasSizeLessThan(5);
            assertThat(problem(fixture))
                    .isEqualTo("The server cannot authenticate to orders: its token endpoint does not respond: Nothing"
                            + " accepts connections. Check the setting services.orders.oauth2.");
            fixture.transport.instance(ISSUER, issuing(3600));
            Eventually.holds(() -> fixture.get() instanceof Response);
            assertThat(problem(fixture)).isNull();
        }
    }

    /** Returns the reason of the health check; null if the service is up. */
    private static @Nullable String problem(Fixture fixture) {
        try {
            fixture.registry.dependencies().getFirst().probe().probe(TestContext.unhurried());
            return null;
        } catch (UnavailableException down) {
            return down.getMessage();
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    @Test
    void anOutageOfTheTokenEndpointIsOneWarningAndOneLineAtItsEnd() {
        try (var log = CapturedLog.of("io.breakwater.services");
                var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, down());
            fixture.get();
            fixture.transport.instance(ISSUER, status(401, Map.of(), "{\"error\":\"invalid_client\"}"));
            Eventually.holds(() ->
                    String.valueOf(problem(fixture)).contains("invalid_client") || fixture.get() instanceof Response);
            fixture.transport.instance(ISSUER, issuing(3600));
            Eventually.holds(() -> fixture.get() instanceof Response);

            assertThat(log.lines())
                    .hasSize(2)
                    .satisfies(lines -> assertThat(lines.getFirst())
                            .startsWith("WARN The server cannot authenticate to orders: its token endpoint does not"
                                    + " respond"))
                    .endsWith("INFO The server can authenticate to orders again.");
        }
    }

    @Test
    void theHealthCheckLogsTheWarningIfThereIsOne() {
        try (var log = CapturedLog.of("io.breakwater.services");
                var fixture = with(CLIENT)) {
            var checks = new AtomicInteger();
            fixture.registry.dependencies().getFirst().signal().subscribe(checks::incrementAndGet);
            fixture.transport.instance(ISSUER, down());
            fixture.get();

            assertThat(log.lines()).isEmpty();
            assertThat(checks).hasPositiveValue();
        }
    }

    @Test
    void anErrorCodeIsForTheOperatorAndIsNotWorthARetry() {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, status(401, Map.of(), "{\"error\":\"invalid_client\"}"));

            assertThat(fixture.get()).isInstanceOfSatisfying(NotDelivered.class, one -> {
                assertThat(one.message())
                        .isEqualTo("The server cannot authenticate to orders: the token endpoint responded with the"
                                + " status 401 and the error invalid_client.");
                assertThat(one.retryAfter()).isNull();
            });
            assertThat(problem(fixture))
                    .contains("its token endpoint https://id.example.com responded with the status 401 and the error"
                            + " invalid_client. Check the setting services.orders.oauth2.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\nb", "<b>", "a b"})
    void aTextThatIsNoErrorCodeIsNotShown(String code) {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, status(400, Map.of(), "{\"error\":\"" + code + "\"}"));

            assertThat(fixture.get())
                    .isInstanceOfSatisfying(
                            NotDelivered.class,
                            one -> assertThat(one.message()).endsWith("the status 400 and no usable token."));
        }
    }

    @Test
    void callsWithoutATokenAreCounted() {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, down());
            fixture.get();
            fixture.get();

            assertThat(fixture.metric("mcp_service_requests_total", "unauthenticated"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aSilentEndpointIsWaitedForOnceInAFewSeconds() {
        var executors = new ManualExecutors();
        var transport = new MemoryServiceTransport();
        var client = new TokenClient("orders", ENDPOINT, transport, new CheckSignal(), executors::nanoTime);
        transport.instance(ISSUER, (request, limits, context) -> {
            executors.pass(limits.timeout());
            return new ServiceOutcome.Unconfirmed("There was no response in time.", true);
        });
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> client.request(Map.of()))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            failure -> assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(5)));
        }
        assertThat(transport.sent("/token")).hasSize(1);
        executors.pass(Duration.ofSeconds(5));
        transport.instance(ISSUER, (request, limits, context) -> {
            assertThatThrownBy(() -> client.request(Map.of()))
                    .as("while one request tries the endpoint")
                    .isInstanceOf(UnavailableException.class);
            return token("t", 60);
        });
        client.request(Map.of());
        transport.instance(ISSUER, issuing(60));
        client.request(Map.of());
        assertThat(transport.sent("/token")).hasSize(3);
    }

    @Test
    void theTokenOfACallerIsNeverTheTokenForTheService() {
        try (var fixture = with(EXCHANGE)) {
            fixture.transport.instance(ISSUER, (request, limits, context) -> token("own-ann", 3600));

            assertThatThrownBy(
                            () -> fixture.call(request("GET", null), TestContext.of(new CallerToken("ann", "own-ann"))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("returned the caller's own token");
            assertThat(fixture.sent()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"access_token\":1,\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\\r\\nb\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\",\"token_type\":\"mac\"}",
                "{\"access_token\":\"a\"}"
            })
    void anUnusableTokenIsNoToken(String response) {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, status(200, Map.of(), response));

            assertThat(fixture.get())
                    .isInstanceOfSatisfying(
                            NotDelivered.class, one -> assertThat(one.message()).contains("no usable token"));
        }
    }

    @Test
    void aCallThatIsCancelledDoesNotEndTheRequestForTheOthers() throws Exception {
        try (var fixture = with(CLIENT)) {
            fixture.transport.instance(ISSUER, slow(Duration.ofMillis(300), issuing(3600)));
            var context = TestContext.unhurried();
            var cancelled = fixture.start(request("GET", null), context);
            Eventually.holds(() -> !fixture.transport.sent("/token").isEmpty());
            var other = fixture.start(request("GET", null), TestContext.unhurried());
            context.cancel();

            assertThatThrownBy(() -> cancelled.get(Eventually.SECONDS, TimeUnit.SECONDS))
                    .hasMessageContaining("ended while the server waited for a token");
            assertThat(other.get(Eventually.SECONDS, TimeUnit.SECONDS)).isInstanceOf(Response.class);
            assertThat(fixture.transport.sent("/token")).hasSize(1);
        }
    }

    @Test
    void eachCallerHasATokenOfItsOwnAndItsOwnGoesToTheTokenEndpointOnly() {
        try (var fixture = with(EXCHANGE)) {
            fixture.transport.instance(ISSUER, (request, limits, context) -> token(exchanged(request), 3600));
            for (var user : List.of("ann", "bob", "ann")) {
                fixture.call(request("GET", null), TestContext.of(new CallerToken(user, "own-" + user)));
            }
            assertThat(authorizations(fixture))
                    .containsExactly("Bearer for-own-ann", "Bearer for-own-bob", "Bearer for-own-ann");
            assertThat(fixture.transport.sent("/x"))
                    .allSatisfy(one -> assertThat(one.request().fields().values())
                            .noneMatch(value -> value.equals("Bearer own-ann") || value.equals("Bearer own-bob")));
            assertThat(fixture.transport.sent("/token")).hasSize(2);
            assertThat(body(fixture.transport.sent("/token").getFirst()))
                    .contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange")
                    .contains("subject_token=own-ann")
                    .contains("audience=orders");
        }
    }

    private static String exchanged(ServiceRequest request) {
        return Stream.of(new String(request.body(), StandardCharsets.UTF_8).split("&"))
                .filter(field -> field.startsWith("subject_token="))
                .map(field -> "for-" + field.substring("subject_token=".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallerWithAnotherTokenGetsAnotherOne() {
        try (var fixture = with(EXCHANGE)) {
            fixture.transport.instance(ISSUER, issuing(3600));
            fixture.call(request("GET", null), TestContext.of(new CallerToken("ann", "first")));
            fixture.call(request("GET", null), TestContext.of(new CallerToken("ann", "second")));

            assertThat(authorizations(fixture)).containsExactly("Bearer t1", "Bearer t2");
        }
    }

    @Test
    void aCallerWithoutATokenIsRefused() {
        try (var fixture = with(EXCHANGE)) {
            assertThatThrownBy(fixture::get)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.FORBIDDEN));
            assertThat(fixture.sent()).isZero();
        }
    }

    @Test
    void aTokenThatIsNotExchangedIsAMatterOfTheCaller() {
        try (var fixture = with(EXCHANGE)) {
            fixture.transport.instance(ISSUER, status(400, Map.of(), "{\"error\":\"invalid_request\"}"));
            assertThatThrownBy(() ->
                            fixture.call(request("GET", null), TestContext.of(new CallerToken("ann", "expired-token"))))
                    .isInstanceOf(RefusedException.class)
                    .message()
                    .contains("(invalid_request)")
                    .doesNotContain("expired-token");
            assertThat(problem(fixture)).isNull();
        }
    }
}
