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
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceOutcome.NotDelivered;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.MemoryServiceTransport.Behavior;
import io.breakwater.port.memory.MemoryServiceTransport.Sent;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
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
            fixture.transport.instance(ISSUER, issuing(3600));
            Eventually.holds(() -> fixture.get() instanceof Response);
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
                    .doesNotContain("expired-token");
        }
    }
}
