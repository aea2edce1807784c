package io.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Principal;
import io.breakwater.port.driven.ApiKeys;
import io.breakwater.port.driven.ApiKeys.ApiKey;
import io.breakwater.port.driven.ApiKeys.SecretDigest;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, and exactly what callers with a bad token or proof are told. */
class DpopAuthenticationTest {
    private static final RemotePeer PEER = new RemotePeer("192.0.2.1");
    private static final RemotePeer OTHER_PEER = new RemotePeer("192.0.2.2");
    private static final ProtectedResource RESOURCE = new ProtectedResource(
            "https://tools.example.com/mcp", List.of("https://issuer.example"), List.of("mcp:read"));
    private static final String WHERE_AND_WHAT =
            "resource_metadata=\"https://tools.example.com/.well-known/oauth-protected-resource/mcp\","
                    + " scope=\"mcp:read\"";
    private static final String ALGORITHMS = "algs=\"ES256 EdDSA\", ";
    private static final String BEARER = "Bearer " + WHERE_AND_WHAT;
    private static final String DPOP = "DPoP " + ALGORITHMS + WHERE_AND_WHAT;
    private static final String INVALID_TOKEN =
            "error=\"invalid_token\", error_description=\"The credential is unknown, has expired or was revoked\", ";
    private static final String BOUND_TOKEN =
            "error=\"invalid_token\", error_description=\"The token is bound to a key\", ";
    private static final String WRONG_KEY =
            "error=\"invalid_token\", error_description=\"The token is not bound to the key of the proof\", ";
    private static final String SIGNATURE = "The signature of the proof is not valid.";
    private static final String REUSED = "The proof was used before. Each request needs a new one.";
    private static final Principal ANN = Principal.of("https://issuer.example", "ann");

    private final ApiKeyFormat.KeyParts key = ApiKeyFormat.generate();
    private final ApiKey robot =
            new ApiKey(key.id(), ANN, List.of(new SecretDigest(ApiKeyFormat.digest(key.secret()), null)), null);
    private final ApiKeys keys = id -> id.equals(key.id()) ? Optional.of(robot) : Optional.empty();
    private final ManualExecutors executors = new ManualExecutors();
    private final List<SimpleMeterRegistry> registries = new ArrayList<>();
    private final ScriptedVerifier tokens = new ScriptedVerifier();
    private final ScriptedProofs proofs = new ScriptedProofs(() -> in(Duration.ofSeconds(60)));
    private final Set<String> revoked = new HashSet<>();
    private final CapturedLog log = CapturedLog.of("io.breakwater");
    private final List<Breakwater> servers = new ArrayList<>();
    private final StandardAuthentication bearer = StandardAuthentication.of(keys)
            .withVerifier(tokens)
            .withRevocations(token -> revoked.contains(token.tokenId()))
            .withResource(RESOURCE);
    private final Transport.Host both = start(bearer.withDpop(DpopSettings.optional(proofs)));
    private final Transport.Host required = start(bearer.withDpop(DpopSettings.required(proofs)));
    private final Transport.Host off = start(bearer);

    DpopAuthenticationTest() {
        bound("ann", "key-a");
        tokens.valid("free", in(Duration.ofHours(1)));
    }

    /** The token of this name is valid, and bound to this key. */
    private void bound(String name, String thumbprint) {
        var principal = Principal.of("https://issuer.example", name);
        tokens.answer(
                name, () -> new Valid(principal, in(Duration.ofHours(1)), name, in(Duration.ofHours(1)), thumbprint));
    }

    private Transport.Host start(StandardAuthentication authentication) {
        var registry = new SimpleMeterRegistry();
        registries.add(registry);
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

    private Instant in(Duration time) {
        return executors.clock().instant().plus(time);
    }

    private static HeaderFields fields(String authorization, String... proofs) {
        return name -> switch (name) {
            case "Authorization" -> List.of(authorization);
            case "DPoP" -> List.of(proofs);
            default -> List.of();
        };
    }

    private Authentication send(Transport.Host host, RemotePeer peer, String authorization, String... proofs) {
        var answer = host.authenticate("POST", fields(authorization, proofs), peer);
        executors.runAll();
        assertThat(answer).isDone();
        return answer.join();
    }

    private Authentication send(Transport.Host host, String authorization, String... proofs) {
        return send(host, PEER, authorization, proofs);
    }

    private static void assertChallenge(Authentication answer, String challenge) {
        assertThat(answer).isInstanceOfSatisfying(Challenge.class, refused -> {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.fields()).isEqualTo(Map.of("WWW-Authenticate", challenge));
        });
    }

    private static void assertInvalidProof(Authentication answer, String description) {
        assertChallenge(
                answer,
                "DPoP error=\"invalid_dpop_proof\", error_description=\"" + description + "\", " + ALGORITHMS
                        + WHERE_AND_WHAT);
    }

    private double failures(String reason) {
        return registries.stream()
                .mapToDouble(registry -> registry.get("mcp_auth_failures_total")
                        .tag("reason", reason)
                        .functionCounter()
                        .count())
                .sum();
    }

    // ---- which scheme -----------------------------------------------------------------------------------------------

    @Test
    void aRequestWithoutACredentialLearnsTheSchemes() {
        assertChallenge(off.authenticate("POST", HeaderFields.NONE, PEER).join(), BEARER);
        assertChallenge(both.authenticate("POST", HeaderFields.NONE, PEER).join(), BEARER + ", " + DPOP);
        assertChallenge(required.authenticate("POST", HeaderFields.NONE, PEER).join(), DPOP);
    }

    @Test
    void aBoundTokenWithItsProofIsAccepted() {
        assertThat(send(both, "DPoP token-ann", "key-a/1/POST")).isInstanceOfSatisfying(Authenticated.class, sender -> {
            assertThat(sender.principal()).isEqualTo(ANN);
            assertThat(sender.expires()).isEqualTo(in(Duration.ofHours(1)));
            assertThat(sender.revoked().getAsBoolean()).isFalse();
        });
        assertThat(send(required, "dpop  token-ann", "key-a/2/POST")).isInstanceOf(Authenticated.class);
        assertChallenge(send(off, "DPoP token-ann", "key-a/3/POST"), BEARER);
    }

    @Test
    void aBoundTokenSentAsABearerTokenIsAlwaysRefused() {
        for (int i = 0; i < 2; i++) { // also when the token is known
            assertChallenge(send(off, "Bearer token-ann"), "Bearer " + BOUND_TOKEN + WHERE_AND_WHAT);
            assertChallenge(
                    send(both, "Bearer token-ann", "key-a/1/POST"),
                    "Bearer " + BOUND_TOKEN + WHERE_AND_WHAT + ", " + DPOP);
            assertChallenge(send(required, "Bearer token-ann", "key-a/2/POST"), DPOP);
        }
        assertThat(failures("bound_token")).isEqualTo(4);
        assertThat(off.authenticate(fields("Bearer token-ann"), PEER).join()).isInstanceOf(Challenge.class);
        var stdio = start(bearer.withCredential("token-ann")).authenticate(HeaderFields.NONE, RemotePeer.STDIO);
        executors.runAll();
        assertThat(stdio.join()).isInstanceOf(Challenge.class);
    }

    @Test
    void aTokenThatIsNotBoundIsABearerTokenOnly() {
        assertThat(send(both, "Bearer token-free")).isInstanceOf(Authenticated.class);
        assertChallenge(send(required, "Bearer token-free"), DPOP);
        assertChallenge(
                send(both, "DPoP token-free", "key-a/1/POST"),
                BEARER + ", DPoP " + WRONG_KEY + ALGORITHMS + WHERE_AND_WHAT);
        assertChallenge(
                send(required, "DPoP token-free", "key-a/1/POST"), "DPoP " + WRONG_KEY + ALGORITHMS + WHERE_AND_WHAT);
        assertThat(failures("unbound_token")).isEqualTo(2);
        assertThat(proofs.verified).hasValue(0);
    }

    @Test
    void anApiKeyIsABearerTokenOnly() {
        HeaderFields field = name -> name.equals("X-API-Key") ? List.of(key.reveal()) : List.of();

        assertThat(send(both, "Bearer " + key.reveal())).isInstanceOf(Authenticated.class);
        assertThat(both.authenticate("POST", field, PEER).join()).isInstanceOf(Authenticated.class);
        assertChallenge(send(required, "Bearer " + key.reveal()), DPOP);
        assertChallenge(required.authenticate("POST", field, PEER).join(), DPOP);
        assertThat(send(both, "DPoP " + key.reveal(), "key-a/1/POST")).isInstanceOf(Challenge.class);
    }

    @Test
    void onStdioAnApiKeyOfTheEnvironmentIsStillAccepted() {
        var withKey = start(bearer.withDpop(DpopSettings.required(proofs)).withCredential(key.reveal()));

        assertThat(withKey.authenticate(HeaderFields.NONE, RemotePeer.STDIO).join())
                .isInstanceOf(Authenticated.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "DPoP ", "DPoP a b", "DPoP \u00e4"})
    void aMalformedTokenIsABadRequest(String authorization) {
        assertThat(send(required, authorization, "key-a/1/POST")).isInstanceOfSatisfying(Challenge.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.fields().get("WWW-Authenticate")).startsWith("DPoP error=\"invalid_request\", ");
        });
    }

    // ---- the proof --------------------------------------------------------------------------------------------------

    @Test
    void aRequestHasExactlyOneProof() {
        var one = "The request must have exactly one header field DPoP.";

        assertInvalidProof(send(required, "DPoP token-ann"), one);
        assertInvalidProof(send(required, "DPoP token-ann", "key-a/1/POST", "key-a/1/POST"), one);
        assertThat(tokens.inspected).hasValue(0);
    }

    @Test
    void aProofForAnotherMethodIsRefusedBeforeTheTokenIsInspected() {
        assertInvalidProof(send(required, "DPoP token-ann", "key-a/1/GET"), ScriptedProofs.REASON);
        var unknownMethod = required.authenticate(fields("DPoP token-ann", "key-a/1/POST"), PEER);
        assertInvalidProof(unknownMethod.join(), ScriptedProofs.REASON);
        assertThat(tokens.inspected).hasValue(0);
    }

    @Test
    void inBothModesTheErrorBelongsToTheSchemeOfTheRequest() {
        assertChallenge(
                send(both, "DPoP token-ann", "nonsense"),
                BEARER + ", DPoP error=\"invalid_dpop_proof\", error_description=\"" + ScriptedProofs.REASON + "\", "
                        + ALGORITHMS + WHERE_AND_WHAT);
    }

    @Test
    void aTokenThatIsNotValidIsRefusedBeforeTheSignatureOfTheProof() {
        for (var token : List.of("token-old", "token-forged", "token-forged")) {
            assertChallenge(
                    send(required, "DPoP " + token, "key-a/1/POST"),
                    "DPoP " + INVALID_TOKEN + ALGORITHMS + WHERE_AND_WHAT);
        }
        assertThat(proofs.verified).hasValue(0);
    }

    @Test
    void aProofWithAnotherKeyThanThatOfTheTokenIsRefusedBeforeItsSignature() {
        assertChallenge(
                send(required, "DPoP token-ann", "key-b/1/POST"), "DPoP " + WRONG_KEY + ALGORITHMS + WHERE_AND_WHAT);
        assertThat(proofs.verified).hasValue(0);
        assertThat(failures("wrong_key")).isEqualTo(1);
    }

    @Test
    void eachRequestIsProvedAlthoughItsTokenIsKnown() {
        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
        assertThat(send(required, "DPoP token-ann", "key-a/2/POST")).isInstanceOf(Authenticated.class);
        assertThat(tokens.verified).hasValue(1);
        assertThat(proofs.verified).hasValue(2);

        assertInvalidProof(send(required, "DPoP token-ann", "key-a/3/POST/forged"), SIGNATURE);
        assertThat(both.authenticate("POST", fields("DPoP token-ann", "key-a/4/POST"), PEER))
                .as("a signature is never verified on the thread of the transport")
                .isNotDone();
    }

    @Test
    void aProofIsAcceptedOnceAndItsReuseCostsNoSignature() {
        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
        for (int i = 0; i < 200; i++) {
            assertInvalidProof(send(required, OTHER_PEER, "DPoP token-ann", "key-a/1/POST"), REUSED);
        }

        assertThat(proofs.verified).hasValue(1);
        assertThat(failures("reused_proof")).isEqualTo(200);
        bound("ben", "key-b");
        assertThat(send(required, "DPoP token-ben", "key-b/1/POST"))
                .as("the same id with another key")
                .isInstanceOf(Authenticated.class);
    }

    /** Used proofs are in the memory of a server only. */
    @Test
    @CoversOutage("bound tokens: process restarted")
    void aProofIsAcceptedOnceMoreAfterARestart() {
        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);

        var restarted = start(bearer.withDpop(DpopSettings.required(proofs)));

        assertThat(send(restarted, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
        assertInvalidProof(send(restarted, "DPoP token-ann", "key-a/1/POST"), REUSED);
    }

    @Test
    void ofConcurrentRequestsWithOneProofExactlyOneIsAccepted() {
        var answers = new ArrayList<CompletableFuture<Authentication>>();
        for (int i = 0; i < 100; i++) {
            answers.add(required.authenticate("POST", fields("DPoP token-ann", "key-a/1/POST"), PEER));
        }
        executors.runAll();

        assertThat(answers.stream().filter(answer -> answer.join() instanceof Authenticated))
                .hasSize(1);
        assertThat(proofs.verified).hasValue(1);
    }

    @Test
    void aForgedProofDoesNotUseTheIdOfAGoodOne() {
        assertInvalidProof(send(required, "DPoP token-ann", "key-a/1/POST/forged"), SIGNATURE);

        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
    }

    @Test
    void forgedSignaturesHaveABudgetThatOtherKeysAndAddressesDoNotShare() {
        bound("ben", "key-b");
        Authentication answer;
        int i = 0;
        do {
            answer = send(required, "DPoP token-ann", "key-a/" + i++ + "/POST/forged");
        } while (answer instanceof Challenge refused && refused.status() == 401);

        assertThat(proofs.verified).hasValue(51);
        assertThat(answer).isInstanceOfSatisfying(Challenge.class, refused -> {
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.fields()).isEqualTo(Map.of("Retry-After", "2"));
        });
        assertThat(send(required, "DPoP token-ann", "key-a/good/POST")).isInstanceOf(Challenge.class);
        assertThat(send(required, OTHER_PEER, "DPoP token-ann", "key-a/good/POST"))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void aProofIsCheckedWhileOthersFromItsAddressSendForgedTokens() {
        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
        for (int i = 0; i < 200; i++) {
            send(required, "DPoP token-forged" + i, "key-a/x/POST");
        }

        assertThat(send(required, "DPoP token-ann", "key-a/2/POST")).isInstanceOf(Authenticated.class);
        assertThat(send(required, "DPoP token-new", "key-a/3/POST")).isInstanceOf(Challenge.class);
    }

    @Test
    @CoversOutage("bound tokens: memory full of used proofs")
    void moreProofsThanFitAreRefusedAndCountedAndNoneIsForgotten() {
        var small = start(bearer.withDpop(DpopSettings.required(proofs).withMaxProofs(4)));
        bound("ben", "key-b");
        bound("cat", "key-c");
        for (var proof : List.of("ann key-a/1", "ann key-a/2", "ben key-b/1", "ben key-b/2")) {
            var parts = proof.split(" ", 2);
            assertThat(send(small, "DPoP token-" + parts[0], parts[1] + "/POST"))
                    .isInstanceOf(Authenticated.class);
        }

        assertThat(send(small, "DPoP token-cat", "key-c/1/POST")).isEqualTo(new Unavailable(Duration.ofSeconds(1)));
        assertThat(failures("too_many_proofs")).isEqualTo(1);
        assertInvalidProof(send(small, "DPoP token-ann", "key-a/1/POST"), REUSED);

        executors.pass(Duration.ofSeconds(60));
        assertThat(send(small, "DPoP token-cat", "key-c/2/POST")).isInstanceOf(Authenticated.class);
    }

    @Test
    void aRevokedTokenIsRefusedWithAGoodProof() {
        assertThat(send(required, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Authenticated.class);
        revoked.add("ann");

        assertChallenge(
                send(required, "DPoP token-ann", "key-a/2/POST"),
                "DPoP " + INVALID_TOKEN + ALGORITHMS + WHERE_AND_WHAT);
    }

    @Test
    void neitherTokensNorProofsAppearInTheLogOrInAnswers() {
        var answers = new ArrayList<Authentication>();
        for (var proof : List.of("canary", "key-canary/1/POST", "key-a/canary/POST/forged", "key-a/canary/GET")) {
            answers.add(send(both, "DPoP token-ann", proof));
            answers.add(send(both, "DPoP token-canary", proof));
            answers.add(send(both, "Bearer token-canary", proof));
            executors.pass(Duration.ofMinutes(2));
        }

        assertThat(answers).allMatch(answer -> answer instanceof Challenge);
        assertThat(answers.toString()).doesNotContain("canary");
        assertThat(log.messages()).isNotEmpty().noneMatch(line -> line.contains("canary") || line.contains("token-"));
    }

    @Test
    @CoversOutage("tokens: application code throwing in a verifier")
    void aVerifierOfProofsThatThrowsDenies() {
        var broken = start(bearer.withDpop(DpopSettings.required(new ScriptedProofs(() -> {
            throw new IllegalStateException("canary");
        }))));

        assertThat(send(broken, "DPoP token-ann", "key-a/1/POST")).isInstanceOf(Unavailable.class);
        assertThat(log.messages()).noneMatch(line -> line.contains("canary"));
    }

    @Test
    void proofsNeedTheUrlOfTheServer() {
        assertThatThrownBy(() -> start(StandardAuthentication.of(keys).withDpop(DpopSettings.optional(proofs))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withResource");
    }

    @Test
    void anOperatorExplainsABoundTokenWithoutAProofAndLearnsWhyAnotherIsRefused() {
        var server = servers.getFirst();
        var bound = server.explainCredential("token-ann").toCompletableFuture();
        var expired = server.explainCredential("token-old").toCompletableFuture();
        executors.runAll();

        assertThat(bound.join().principal()).isEqualTo(ANN);
        assertThat(expired.join().principal()).isNull();
        assertThat(expired.join().reason()).isEqualTo("rejected token (The token has expired.)");
    }
}
