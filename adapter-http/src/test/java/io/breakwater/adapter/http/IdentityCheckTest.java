package io.breakwater.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Principal;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A caller is known before its body is read, and a caller that is not known occupies nothing. */
class IdentityCheckTest {
    private static final int MIB = 1 << 20;
    private static final String HEAD = " /mcp HTTP/1.1\nHost: localhost\nContent-Type: application/json\n";
    private static final Authentication SENT_NOTHING = Authentication.Challenge.of(
            "Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource\"",
            "Send an access token.");

    private final MemoryBudget memory = new MemoryBudget(512L * MIB, 1);
    private final List<CompletableFuture<Authentication>> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<Authenticator> authenticator = new AtomicReference<>((fields, peer) -> {
        var answer = new CompletableFuture<Authentication>();
        asked.add(answer);
        return answer;
    });
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    private RunningServer server(HttpSettings settings) {
        var server = RunningServer.of(
                settings,
                (fields, peer) -> authenticator.get().authenticate(fields, peer),
                memory,
                IdentityCheckTest::answer);
        open.add(server);
        return server;
    }

    private static void answer(IncomingMessage message, Reply reply) {
        if (message.fields().first("Accept") == null) {
            reply.answer(ReplyStatus.RESULT, ('"' + message.principal().id() + '"').getBytes(UTF_8));
        } else {
            reply.open(ReplyStatus.RESULT);
        }
    }

    private RawClient client(RunningServer server) {
        var client = server.connect();
        open.add(client);
        return client;
    }

    private void answerAtOnce(Authentication answer) {
        authenticator.set(Authenticator.of((fields, peer) -> answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void allMethodsAreRefusedAlikeWithoutIdentity(String method) {
        answerAtOnce(SENT_NOTHING);

        var answer = client(server(HttpSettings.defaults()))
                .send(method + HEAD + "Content-Length: 0\n\n")
                .answer();

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.field("www-authenticate"))
                .isEqualTo("Bearer resource_metadata=\"https://mcp.example/.well-known/oauth-protected-resource\"");
        assertThat(answer.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":401,\"message\":\"Send an access token.\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void theAuthenticatorOfTheEndpointKnowsTheMethod(String method) {
        var server = RunningServer.of(
                HttpSettings.defaults(),
                new MethodRefusal(),
                memory,
                (inbound, reply) -> reply.answer(ReplyStatus.RESULT, "1".getBytes(UTF_8)));
        open.add(server);

        var answer =
                client(server).send(method + HEAD + "Content-Length: 0\n\n").answer();

        assertThat(answer.field("www-authenticate")).isEqualTo("Method " + method);
    }

    /** Refuses every request, and says its method. */
    private static final class MethodRefusal implements Authenticator {
        @Override
        public CompletionStage<Authentication> authenticate(HeaderFields fields, RemotePeer peer) {
            return authenticate("is not known", fields, peer);
        }

        @Override
        public CompletionStage<Authentication> authenticate(String method, HeaderFields fields, RemotePeer peer) {
            return CompletableFuture.completedFuture(Authentication.Challenge.of("Method " + method, "No."));
        }
    }

    @Test
    void aRefusalDoesNotWaitForTheBody() {
        answerAtOnce(SENT_NOTHING);

        var answer = client(server(HttpSettings.defaults()))
                .send("POST" + HEAD + "Content-Length: 900000\n\n")
                .answer();

        assertThat(answer.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCredentialThatEndsBeforeTheBodyIsCompleteIsRefused(boolean expires) {
        var ended = new AtomicBoolean();
        var expiry = expires ? Instant.now() : null;
        var answers = new ConcurrentLinkedQueue<Authentication>(
                List.of(new Authenticated(Principal.of("ada"), expiry, ended::get), SENT_NOTHING));
        authenticator.set(Authenticator.of(
                (fields, peer) -> fields.first("Accept") == null ? answers.remove() : Authenticated.ANONYMOUS));
        var server = server(withFrequentSweeps());
        var client = client(server).send("POST" + HEAD + "Content-Length: 2\n\n{");
        Eventually.holds(() -> answers.size() == 1);
        ended.set(true);
        awaitSweep(server);
        client.send("}");

        assertThat(client.answer().status()).isEqualTo(401);
    }

    private static HttpSettings withFrequentSweeps() {
        var streams = new HttpSettings.Streams(10, 100_000, 100, Duration.ofMillis(20), Duration.ofMinutes(1));
        return HttpSettings.defaults().withStreams(streams).withEventLoops(1);
    }

    /** A sweep writes the comments of a stream, so there is one between two of them. */
    private void awaitSweep(RunningServer server) {
        var stream = client(server).get("/mcp", "Accept: text/event-stream");
        assertThat(stream.head().status()).isEqualTo(200);
        assertThat(stream.chunk()).isEqualTo(":\n\n");
        assertThat(stream.chunk()).isEqualTo(":\n\n");
    }

    @Test
    void aBodyIsNotRequestedFromACallerWithoutIdentity() {
        answerAtOnce(SENT_NOTHING);

        var answer = client(server(HttpSettings.defaults()))
                .send("POST" + HEAD + "Content-Length: 900000\nExpect: 100-continue\n\n")
                .head();

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void noMemoryIsHeldForBodiesWhileTheirSendersAreNotKnown() {
        var server = server(HttpSettings.defaults());
        for (int i = 0; i < 20; i++) {
            client(server).send("POST" + HEAD + "Content-Length: 100000\n\n").send(" ".repeat(90_000));
        }
        Eventually.holds(() -> asked.size() == 20);

        assertThat(memory.used()).isLessThan(20 * 16 * 1024);

        asked.forEach(answer -> answer.complete(new Authenticated(Principal.of("ada"))));
        Eventually.holds(() -> memory.used() >= 20 * 90_000);
    }

    @Test
    void aBodyThatArrivedWhileItsSenderWasNotKnownIsNotLost() {
        var client = client(server(HttpSettings.defaults())).send("POST" + HEAD + "Content-Length: 4\n\ntrue");
        Eventually.holds(() -> asked.size() == 1);

        asked.getFirst().complete(new Authenticated(Principal.of("ada")));

        assertThat(client.answer().body()).isEqualTo("\"ada\"");
    }

    @Test
    void theNextRequestOfTheConnectionIsAskedAboutAgain() {
        var client = client(server(HttpSettings.defaults()));
        answerAtOnce(new Authenticated(Principal.of("ada")));
        assertThat(client.post("{}").answer().body()).isEqualTo("\"ada\"");

        answerAtOnce(SENT_NOTHING);
        assertThat(client.post("{}").answer().status()).isEqualTo(401);

        answerAtOnce(new Authenticated(Principal.of("bob")));
        assertThat(client.post("{}").answer().body()).isEqualTo("\"bob\"");
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsARefusal() {
        var limits = HttpSettings.Limits.defaults()
                .withTimes(Duration.ofMillis(100), Duration.ofMinutes(5), Duration.ofMinutes(5));
        var client = client(server(HttpSettings.defaults().withLimits(limits))).post("{}");

        assertThat(client.answer().status()).isEqualTo(503);

        asked.getFirst().complete(new Authenticated(Principal.of("late")));
        answerAtOnce(new Authenticated(Principal.of("ada")));
        assertThat(client.post("{}").answer().body()).isEqualTo("\"ada\"");
    }

    @Test
    void aClientThatDisconnectsMeanwhileIsForgotten() {
        var server = server(HttpSettings.defaults());
        client(server).post("{}").vanish();
        Eventually.holds(() -> asked.size() == 1);

        asked.getFirst().complete(new Authenticated(Principal.of("ada")));

        Eventually.holds(() -> memory.used() == 0);
    }

    @Test
    void anUnknownSenderIsToldWhenToTryAgain() {
        answerAtOnce(new Authentication.Unavailable(Duration.ofMillis(6_500)));

        var answer = client(server(HttpSettings.defaults())).post("{}").answer();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.field("retry-after")).isEqualTo("7");
    }

    @Test
    void aPreflightNeedsNoIdentity() {
        answerAtOnce(SENT_NOTHING);
        var settings = HttpSettings.defaults().withAllowedOrigins("https://app.example");

        var answer = client(server(settings)).send("""
                        OPTIONS /mcp HTTP/1.1
                        Host: localhost
                        Origin: https://app.example
                        Access-Control-Request-Method: POST

                        """).answer();

        assertThat(answer.status()).isEqualTo(200);
    }
}
