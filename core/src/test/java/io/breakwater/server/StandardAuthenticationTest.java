package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.CallContext;
import io.breakwater.port.PortException;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
import io.breakwater.port.driven.Revocations;
import io.breakwater.port.driven.TokenVerifier;
import io.breakwater.port.driven.TokenVerifier.Valid;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authentication.Challenge;
import io.breakwater.port.driving.Authentication.Unavailable;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Transport;
import io.breakwater.port.support.ApiKeyFormat;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.ProtectedResource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is accepted, and exactly what the others are told. */
class StandardAuthenticationTest {
    private static final RemotePeer PEER = new RemotePeer("192.0.2.1");
    private static final RemotePeer OTHER_PEER = new RemotePeer("192.0.2.2");
    private static final Principal ANN = Principal.of("keys", "ann").asClient();
    private static final ProtectedResource RESOURCE = new ProtectedResource(
            "https://tools.example.com/mcp", List.of("https://issuer.example"), List.of("mcp:read", "mcp:call"));
    private static final String WHERE_AND_WHAT =
            "resource_metadata=\"https://tools.example.com/.well-known/oauth-protected-resource/mcp\","
                    + " scope=\"mcp:read mcp:call\"";
    private static final String INVALID_TOKEN =
            "error=\"invalid_token\", error_description=\"The credential is unknown, has expired or was revoked\"";

    private final ApiKeyFormat.KeyParts key = ApiKeyFormat.generate();
    private final ApiKey ann =
            new ApiKey(key.id(), ANN, List.of(new SecretDigest(ApiKeyFormat.digest(key.secret()), null)), null);
    private final ApiKeys keys = id -> id.equals(key.id()) ? Optional.of(ann) : Optional.empty();
    private final ManualExecutors executors = new ManualExecutors();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedVerifier verifier = new ScriptedVerifier();
    private final Set<String> revoked = new HashSet<>();
    private final CapturedLog log = CapturedLog.of("io.breakwater");
    private final List<Breakwater> servers = new ArrayList<>();
    private final StandardAuthentication both = StandardAuthentication.of(keys)
            .withVerifier(verifier)
            .withRevocations(token -> revoked.contains(token.tokenId()))
            .withResource(RESOURCE);
    private final Transport.Host host = start(both);

    private Transport.Host start(StandardAuthentication authentication) {
        var server = Breakwater.named("t")
                .executors(executors)
                .meterRegistry(registry)
                .authentication(authentication)
                .build();
        servers.add(server);
        return server.host();
    }

    @AfterEach
    void close() {
        servers.forEach(Breakwater::close);
        log.close();
    }

    private static HeaderFields fields(String... pairs) {
        return name -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i].equalsIgnoreCase(name)) {
                    values.add(pairs[i + 1]);
                }
            }
            return values;
        };
    }

    private static HeaderFields bearer(String credential) {
        return fields("Authorization", "Bearer " + credential);
    }

    private Authentication send(HeaderFields fields) {
        return send(fields, PEER);
    }

    private Authentication send(HeaderFields fields, RemotePeer peer) {
        var answer = host.authenticate(fields, peer);
        executors.runAll();
        assertThat(answer).isDone();
        return answer.join();
    }

    private static void assertChallenge(Authentication answer, int status, String challenge) {
        assertThat(answer).isInstanceOfSatisfying(Challenge.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.fields()).isEqualTo(Map.of("WWW-Authenticate", challenge));
        });
    }

    private static void assertTooMany(Authentication answer, String seconds) {
        assertThat(answer).isInstanceOfSatisfying(Challenge.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.fields()).isEqualTo(Map.of("Retry-After", seconds));
        });
    }

    private Instant in(Duration time) {
        return executors.clock().instant().plus(time);
    }

    private double failures(String reason) {
        return registry.get("mcp_auth_failures_total")
                .tag("reason", reason)
                .functionCounter()
                .count();
    }

    // ---- where the credential is ------------------------------------------------------------------------------------

    static Stream<Arguments> malformed() {
        var many = "The request has more than one credential. Send one, in one header field.";
        var shape = "The credential in Authorization must have 1 to 16384 visible ASCII characters without spaces.";
        return Stream.of(
                Arguments.of(many, fields("Authorization", "Bearer a", "Authorization", "Bearer a")),
                Arguments.of(many, fields("Authorization", "Bearer a", "X-API-Key", "a")),
                Arguments.of(many, fields("X-API-Key", "a", "x-api-key", "a")),
                Arguments.of(many, fields("Authorization", "Basic a", "Authorization", "Bearer a")),
                Arguments.of(shape, fields("Authorization", "")),
                Arguments.of(shape, fields("Authorization", "Bearer")),
                Arguments.of(shape, fields("Authorization", "Bearer ")),
                Arguments.of(shape, fields("Authorization", "Bearer a b")),
                Arguments.of(shape, fields("Authorization", "Bearer a\tb")),
                Arguments.of(shape, fields("Authorization", "Bearer a\u0000")),
                Arguments.of(shape, fields("Authorization", "Bearer a\u007f")),
                Arguments.of(shape, fields("Authorization", "Bearer \u00e4")),
                Arguments.of(shape, bearer("a".repeat(16 * 1024 + 1))),
                Arguments.of(shape.replace("Authorization", "X-API-Key"), fields("X-API-Key", "")),
                Arguments.of(shape.replace("Authorization", "X-API-Key"), fields("X-API-Key", "a b")));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String description, HeaderFields fields) {
        assertChallenge(
                send(fields),
                400,
                "Bearer error=\"invalid_request\", error_description=\"" + description + "\", " + WHERE_AND_WHAT);
        assertThat(failures("malformed")).isEqualTo(1);
        assertThat(verifier.inspected).hasValue(0);
    }

    private static Predicate<Authentication> isSender(Principal principal, @Nullable Instant expires) {
        return answer -> answer instanceof Authenticated(var known, var end, var ignored)
                && known.equals(principal)
                && Objects.equals(end, expires);
    }

    @Test
    void nothingWasSentSoTheChallengeNamesNoError() {
        assertChallenge(send(HeaderFields.NONE), 401, "Bearer " + WHERE_AND_WHAT);
        assertThat(failures("missing")).isEqualTo(1);
        assertThat(log.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YW5uOnNlY3JldA==", "Digest a", "DPoP token-ann", "BearerX a", "Bear a"})
    void anotherSchemeIsAsIfNothingWasSent(String value) {
        verifier.valid("ann", in(Duration.ofHours(1)));

        assertChallenge(send(fields("Authorization", value)), 401, "Bearer " + WHERE_AND_WHAT);
        assertThat(failures("unsupported_scheme")).isEqualTo(1);
        assertThat(log.warnings()).singleElement().asString().contains("The server accepts Bearer.");
    }

    @Test
    void withoutOAuthTheChallengeIsThePlainScheme() {
        var keysOnly = start(StandardAuthentication.of(keys));

        assertChallenge(keysOnly.authenticate(HeaderFields.NONE, PEER).join(), 401, "Bearer");
        assertChallenge(keysOnly.authenticate(bearer("token-ann"), PEER).join(), 401, "Bearer " + INVALID_TOKEN);
        assertThat(keysOnly.resources()).noneMatch(resource -> resource.path().startsWith("/.well-known"));
    }

    // ---- API keys ---------------------------------------------------------------------------------------------------

    @Test
    void acceptsAnApiKeyInEitherFieldAtOnce() {
        assertThat(host.authenticate(bearer(key.reveal()), PEER)).isCompletedWithValueMatching(isSender(ANN, null));
        assertThat(host.authenticate(fields("X-API-Key", key.reveal()), PEER))
                .isCompletedWithValueMatching(isSender(ANN, null));
        assertThat(host.authenticate(fields("authorization", "bearer  " + key.reveal()), PEER))
                .isCompletedWithValueMatching(isSender(ANN, null));
        assertThat(verifier.inspected).hasValue(0);
    }

    @Test
    void aWrongKeyIsTheSameAnswerForEveryReason() {
        var challenge = "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT;

        assertChallenge(send(bearer(ApiKeyFormat.withNewSecret(key.id()).reveal())), 401, challenge);
        assertChallenge(send(bearer(ApiKeyFormat.generate().reveal())), 401, challenge);
        assertChallenge(send(fields("X-API-Key", "token-ann")), 401, challenge);
        assertThat(failures("wrong_secret")).isEqualTo(1);
        assertThat(failures("unknown_key")).isEqualTo(2);
    }

    @Test
    void guessingSecretsEndsInALockout() {
        int guesses = 0;
        while (send(bearer(ApiKeyFormat.withNewSecret(key.id()).reveal())) instanceof Challenge refused
                && refused.status() == 401) {
            guesses++;
        }

        assertThat(guesses).isEqualTo(50);
        assertTooMany(send(bearer(key.reveal())), "2");
        assertThat(send(bearer(key.reveal()), OTHER_PEER)).matches(isSender(ANN, null));
        executors.pass(Duration.ofSeconds(2));
        assertThat(send(bearer(key.reveal()))).matches(isSender(ANN, null));
    }

    @Test
    @CoversOutage("budgets of failed credentials: process restarted")
    void aRestartedServerBeginsWithUnusedBudgetsOfFailures() {
        for (int guess = 0; guess <= 50; guess++) {
            send(bearer(ApiKeyFormat.withNewSecret(key.id()).reveal()));
        }
        assertTooMany(send(bearer(key.reveal())), "2");

        var restarted = start(both);

        assertThat(restarted.authenticate(bearer(key.reveal()), PEER).join()).matches(isSender(ANN, null));
    }

    @Test
    void guessingIdsEndsInTheSameAnswerForEveryIdButTheRightKeyWorks() {
        while (send(bearer(ApiKeyFormat.generate().reveal())) instanceof Challenge refused
                && refused.status() == 401) {}

        assertTooMany(send(bearer(ApiKeyFormat.generate().reveal())), "2");
        assertTooMany(send(bearer(ApiKeyFormat.withNewSecret(key.id()).reveal())), "2");
        assertThat(send(bearer(key.reveal()))).matches(isSender(ANN, null));
        assertThat(failures("too_many_failures")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void wrongKeysFromManyAddressesHaveTheDocumentedBudget() {
        int refused = 0;
        while (send(bearer(ApiKeyFormat.generate().reveal()), new RemotePeer("198.51.100." + refused))
                        instanceof Challenge challenge
                && challenge.status() == 401) {
            refused++;
        }

        assertThat(refused).isEqualTo(500);
    }

    @Test
    void guessingAKeyWithoutIdAmongTokensLocksOutGuessesOnly() {
        var single = new ApiKey("", ANN, List.of(new SecretDigest(ApiKeyFormat.digest("swordfish"), null)), null);
        var guarded = start(StandardAuthentication.of(id -> id.isEmpty() ? Optional.of(single) : Optional.empty())
                .withVerifier(verifier));
        assertThat(guarded.authenticate(bearer("swordfish"), PEER).join()).matches(isSender(ANN, null));
        for (int i = 0; i < 50; i++) {
            assertChallenge(guarded.authenticate(bearer("guess" + i), PEER).join(), 401, "Bearer " + INVALID_TOKEN);
        }

        assertTooMany(guarded.authenticate(bearer("guess"), PEER).join(), "2");
        assertThat(guarded.authenticate(bearer("swordfish"), PEER).join()).matches(isSender(ANN, null));
    }

    @Test
    @CoversOutage("API keys: application code throwing in a source of keys")
    void aSourceOfKeysThatFailsDenies() {
        var broken = start(StandardAuthentication.of(id -> {
            throw new IllegalStateException("secret");
        }));

        assertThat(broken.authenticate(bearer(key.reveal()), PEER).join()).isInstanceOf(Unavailable.class);
        assertThat(log.messages()).noneMatch(line -> line.contains("secret"));
    }

    // ---- tokens -----------------------------------------------------------------------------------------------------

    @Test
    void verifiesATokenOnceAndUsesTheResult() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        var first = host.authenticate(bearer("token-ann"), PEER);
        assertThat(first).isNotDone();
        executors.runAll();

        var ann = isSender(Principal.of("https://issuer.example", "ann"), in(Duration.ofHours(1)));
        assertThat(first).isCompletedWithValueMatching(ann);
        assertThat(host.authenticate(bearer("token-ann"), OTHER_PEER)).isCompletedWithValueMatching(ann);
        assertThat(verifier.inspected).hasValue(1);
        assertThat(verifier.verified).hasValue(1);
        assertThat(registry.get("mcp_auth_verifications_total")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void concurrentCallsWithANewTokenShareOneVerification() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        var answers = new ArrayList<CompletableFuture<Authentication>>();
        for (int i = 0; i < 100; i++) {
            answers.add(host.authenticate(bearer("token-ann"), PEER));
        }
        executors.runAll();

        assertThat(answers).allMatch(answer -> answer.join() instanceof Authenticated);
        assertThat(verifier.verified).hasValue(1);
    }

    @Test
    void neverAcceptsATokenPastItsExpiry() {
        verifier.valid("ann", in(Duration.ofSeconds(90)));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
        executors.pass(Duration.ofSeconds(89));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);

        executors.pass(Duration.ofSeconds(1));
        assertChallenge(send(bearer("token-ann")), 401, "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT);
    }

    @Test
    void neverAcceptsATokenThatExpiredWhileItWasVerified() {
        verifier.answer("slow", () -> {
            var expires = in(Duration.ofSeconds(1));
            executors.pass(Duration.ofSeconds(1));
            return new Valid(ANN, expires, "");
        });

        assertThat(send(bearer("token-slow"))).isInstanceOf(Challenge.class);
    }

    @Test
    void refusesARevokedTokenAtOnceAlsoFromTheCache() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        var sender = (Authenticated) send(bearer("token-ann"));
        assertThat(sender.hasEnded(executors.clock().instant())).isFalse();

        revoked.add("ann");
        assertThat(sender.hasEnded(executors.clock().instant())).isTrue();
        assertChallenge(send(bearer("token-ann")), 401, "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT);
        assertThat(failures("revoked_token")).isEqualTo(1);
        assertChallenge(send(bearer("token-ann")), 401, "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT);
    }

    @Test
    void verifiesAValidTokenAgainAfterAWhile() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        send(bearer("token-ann"));
        executors.pass(Duration.ofMinutes(5));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
        assertThat(verifier.verified).hasValue(2);

        verifier.answer("ann", () -> new TokenVerifier.Rejected("The issuer does not know the token."));
        executors.pass(Duration.ofMinutes(5));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Challenge.class);
    }

    @Test
    void verifiesATokenAgainWhenItsVerifierSaysSo() {
        verifier.answer("ann", () -> new Valid(ANN, in(Duration.ofHours(1)), "", in(Duration.ofSeconds(60)), null));
        send(bearer("token-ann"));
        executors.pass(Duration.ofSeconds(60).minusMillis(1));
        assertThat(send(bearer("token-ann")))
                .matches(isSender(ANN, in(Duration.ofHours(1).minusSeconds(60).plusMillis(1))));
        assertThat(verifier.verified).hasValue(1);

        executors.pass(Duration.ofMillis(1));
        verifier.answer("ann", () -> new TokenVerifier.Rejected("The issuer does not know the token."));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Challenge.class);
        assertThat(verifier.verified).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-old", "opaque", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ."})
    void refusesWithoutCryptographyWhatInspectionRefuses(String token) {
        assertChallenge(send(bearer(token)), 401, "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT);
        assertThat(verifier.verified).hasValue(0);
    }

    @Test
    void aForgedTokenIsVerifiedOnce() {
        for (int i = 0; i < 100; i++) {
            assertChallenge(send(bearer("token-forged")), 401, "Bearer " + INVALID_TOKEN + ", " + WHERE_AND_WHAT);
        }

        assertThat(verifier.verified).hasValue(1);
    }

    @Test
    void aFloodOfForgedTokensCausesAsManyVerificationsAsTheBudgetAllows() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        verifier.valid("new", in(Duration.ofHours(1)));
        send(bearer("token-ann"));
        for (int i = 0; i < 5_000; i++) {
            send(bearer("token-forged" + i));
        }

        assertThat(verifier.verified).hasValue(51);
        assertTooMany(send(bearer("token-new")), "2");
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
        assertThat(send(bearer("token-new"), OTHER_PEER)).isInstanceOf(Authenticated.class);
    }

    @Test
    void aFloodThatArrivesAtOnceDoesNotExceedTheBudgetEither() {
        for (int i = 0; i < 1_000; i++) {
            var answer = host.authenticate(bearer("token-forged" + i), PEER);
            assertThat(answer).isNotNull();
        }
        executors.runAll();

        assertThat(verifier.verified).hasValue(50);
    }

    @Test
    void aFloodFromManyAddressesHasABudgetAndLeavesValidCredentialsUsable() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        send(bearer("token-ann"));
        for (int i = 0; i < 5_000; i++) {
            send(bearer("token-forged" + i), new RemotePeer("198.51.100." + i));
        }

        assertThat(verifier.verified).hasValue(501);
        var atOnce = host.authenticate(bearer("token-new"), PEER);
        assertThat(atOnce).as("without a thread").isDone();
        assertTooMany(atOnce.join(), "1");
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
        assertThat(send(bearer(key.reveal()))).matches(isSender(ANN, null));
    }

    @Test
    void aKnownTokenIsVerifiedAgainWhileItsAddressIsLockedOut() {
        verifier.valid("ann", in(Duration.ofHours(1)));
        send(bearer("token-ann"));
        executors.pass(Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            send(bearer("token-forged" + i));
        }

        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
    }

    @Test
    void manyNewClientsOfOneAddressAreNoFailures() {
        for (int i = 0; i < 1_000; i++) {
            verifier.valid("user" + i, in(Duration.ofHours(1)));
            assertThat(send(bearer("token-user" + i))).isInstanceOf(Authenticated.class);
        }
    }

    @Test
    void anIssuerThatCannotBeAskedIs503AndCostsNothing() {
        verifier.answer(
                "ann", () -> new TokenVerifier.Unavailable("The issuer does not answer.", Duration.ofSeconds(7)));
        for (int i = 0; i < 100; i++) {
            assertThat(send(bearer("token-ann"))).isEqualTo(new Unavailable(Duration.ofSeconds(7)));
        }

        verifier.valid("ann", in(Duration.ofHours(1)));
        assertThat(send(bearer("token-ann"))).isInstanceOf(Authenticated.class);
        assertThat(failures("unavailable")).isEqualTo(100);
    }

    @Test
    @CoversOutage("tokens: application code throwing in a verifier")
    void aVerifierThatThrowsDeniesAndItsMessageIsNotLogged() {
        verifier.answer("ann", () -> {
            throw new IllegalStateException("token-ann");
        });

        assertThat(send(bearer("token-ann"))).isInstanceOf(Unavailable.class);
        assertThat(log.lines()).anyMatch(line -> line.contains("IllegalStateException"));
        assertThat(log.messages()).noneMatch(line -> line.contains("token-ann"));
    }

    @Test
    @CoversOutage("tokens: application code throwing in a verifier")
    void aVerifierThatThrowsWhenItInspectsDenies() {
        var broken = start(StandardAuthentication.of(keys).withVerifier(token -> {
            throw new IllegalStateException(token);
        }));

        assertThat(broken.authenticate(bearer("token-ann"), PEER).join()).isInstanceOf(Unavailable.class);
        assertThat(log.messages()).noneMatch(line -> line.contains("token-ann"));
    }

    @Test
    void theFirstVerifierThatRecognizesATokenDecides() {
        var second = new ScriptedVerifier();
        second.valid("ann", in(Duration.ofHours(1)));
        var two = start(both.withVerifier(second));
        var answer = two.authenticate(bearer("token-ann"), PEER);
        executors.runAll();

        assertThat(answer.join()).isInstanceOf(Challenge.class);
        assertThat(second.inspected).hasValue(0);
    }

    // ---- other callers ----------------------------------------------------------------------------------------------

    @Test
    void onStdioTheCredentialComesFromTheEnvironment() {
        assertThat(send(HeaderFields.NONE, RemotePeer.STDIO)).matches(isSender(Principal.of("local"), null));

        var withKey = start(both.withCredential(key.reveal()));
        assertThat(withKey.authenticate(HeaderFields.NONE, RemotePeer.STDIO).join())
                .matches(isSender(ANN, null));
        var withWrongKey = start(both.withCredential(ApiKeyFormat.generate().reveal()));
        assertThat(withWrongKey
                        .authenticate(HeaderFields.NONE, RemotePeer.STDIO)
                        .join())
                .isInstanceOf(Challenge.class);
    }

    @Test
    void noNetworkPeerIsTheLocalPrincipal() {
        assertThat(send(HeaderFields.NONE, new RemotePeer("127.0.0.1"))).isInstanceOf(Challenge.class);
    }

    @Test
    void callersWithoutCredentialAreAnonymousOnlyByChoiceAndAWrongCredentialIsStillRefused() {
        var open = start(both.withAnonymousPrincipal(Principal.ANONYMOUS));

        assertThat(host.authenticator().acceptsAnonymous()).isFalse();
        assertThat(open.authenticator().acceptsAnonymous()).isTrue();
        assertThat(open.authenticate(HeaderFields.NONE, PEER).join()).isEqualTo(Authenticated.ANONYMOUS);
        assertThat(open.authenticate(bearer("opaque"), PEER).join()).isInstanceOf(Challenge.class);
        assertThat(open.authenticate(fields("Authorization", "Basic a"), PEER).join())
                .isInstanceOf(Challenge.class);
    }

    @Test
    void publicToolsAdmitAnonymousCallersWithoutOpeningTheServer() {
        var open = start(both.withPublicTools("login"));

        assertThat(open.authenticator().acceptsAnonymous()).isFalse();
        assertThat(open.authenticate(HeaderFields.NONE, PEER).join()).isEqualTo(Authenticated.ANONYMOUS);
    }

    @Test
    void theLastWordOnAnonymousCallersCounts() {
        var restricted = both.withAnonymousPrincipal(Principal.ANONYMOUS).withPublicTools("login");

        assertThat(restricted.publicTools()).containsExactly("login");
        assertThat(restricted.withAnonymousPrincipal(ANN).publicTools()).isEmpty();
        assertThatThrownBy(both::withPublicTools).hasMessageContaining("at least one tool");
    }

    @Test
    void publicToolsNeedThePrincipalThatTheyRestrict() {
        var limits = both.limits();

        assertThatThrownBy(() -> new StandardAuthentication(
                        keys, List.of(), Revocations.NONE, null, null, null, ANN, ANN, Set.of("login"), limits))
                .hasMessageContaining("anonymousPrincipal");
    }

    @Test
    void doesNotShowTheCredential() {
        assertThat(both.withCredential("swordfish").toString()).doesNotContain("swordfish");
    }

    @Test
    void aResourceThatClientsCouldNotUseIsRefused() {
        var issuers = List.of("https://issuer.example");
        for (var url : List.of(
                "http://tools.example.com/mcp",
                "https://tools.example.com/mcp/",
                "https://tools.example.com/mcp?a",
                "https://tools.example.com/mcp#a",
                "https://ann@tools.example.com/mcp",
                "/mcp",
                "https://")) {
            assertThatThrownBy(() -> new ProtectedResource(url, issuers, List.of()))
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("url must");
        }
        assertThatThrownBy(() -> new ProtectedResource(RESOURCE.url(), List.of(), List.of()))
                .hasMessageContaining("at least one issuer");
        assertThatThrownBy(() -> new ProtectedResource(RESOURCE.url(), issuers, List.of("offline_access")))
                .hasMessageContaining("offline_access");
        assertThatThrownBy(() -> new ProtectedResource(RESOURCE.url(), issuers, List.of("a\"b")))
                .hasMessageContaining("scopes must");
    }

    @Test
    void aVerifiedTokenIsAcceptedOnceTheRevocationsAreReady() {
        var ready = new AtomicBoolean();
        var loading = new Revocations() {
            @Override
            public boolean isRevoked(Valid token) {
                if (!ready.get()) {
                    throw new PortException.UnavailableException("not loaded", Duration.ofSeconds(1), null);
                }
                return false;
            }

            @Override
            public void awaitReady(Valid token, CallContext context) {
                ready.set(true);
            }
        };
        verifier.valid("ann", in(Duration.ofHours(1)));

        var answer = start(both.withRevocations(loading)).authenticate(bearer("token-ann"), PEER);
        executors.runAll();

        assertThat(answer.join()).isInstanceOf(Authenticated.class);
    }
}
