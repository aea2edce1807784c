package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.breakwater.port.Event;
import io.breakwater.port.MetricSink;
import io.breakwater.port.Principal;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} must do: deliver messages and responses unchanged, from and to any thread, and lose no
 * accepted request.
 */
public abstract class TransportContract {
    /** The maximum time that a client waits for a message. */
    protected static final Duration TIMEOUT = Eventually.LIMIT;

    private static final Principal ADA = Principal.of("ada");
    private static final Duration LONG = Eventually.LIMIT;
    private static final Duration SHORT = Duration.ofMillis(1);

    /** The endpoint of the transport under test. */
    protected final ScriptedEndpoint endpoint = new ScriptedEndpoint();

    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicReference<CompletionStage<Authentication>> identity =
            new AtomicReference<>(CompletableFuture.completedFuture(new Authenticated(ADA)));
    private Transport transport;

    /** Creates the transport under test without starting it. */
    protected abstract Transport make();

    /** Connects a client to the started transport. */
    protected abstract Client connect(Transport started);

    /** Connects a client that sends messages and never reads responses. */
    protected abstract Client connectWithoutReading(Transport started);

    /** A client of the transport under test. */
    public interface Client extends AutoCloseable {
        /** Sends a message and does not wait. */
        Sent send(String message);

        @Override
        void close();
    }

    /** A sent message. */
    public interface Sent {
        /**
         * The next message that comes back for it; fails after {@link #TIMEOUT}. Where nothing ties answers to
         * messages but their content, it is the next that comes back at all.
         */
        String next();
    }

    @BeforeEach
    void start() {
        transport = make();
        transport.start(new Transport.Host(
                endpoint,
                (fields, peer) -> identity.get(),
                List.of(),
                MetricSink.none(),
                MemoryBudget.unlimited(),
                SettingNames.JAVA));
    }

    @AfterEach
    void stop() throws Exception {
        for (var closeable : open) {
            closeable.close();
        }
        transport.stop(SHORT);
    }

    @Test
    void hasAnAddressForPeople() {
        assertThat(transport.address()).isNotBlank();
    }

    @Test
    void rejectsASecondStartAndContinuesToServe() {
        assertThatIllegalStateException()
                .isThrownBy(() -> transport.start(new Transport.Host(endpoint, List.of(), MetricSink.none())))
                .withMessageContaining("was started before");
        assertThat(client().send("\"a\"").next()).isEqualTo("\"a\"");
    }

    @Test
    void deliversAMessageAndItsResponse() {
        assertThat(client().send("{\"a\":\"ß→𝄞\"}").next()).isEqualTo("{\"a\":\"ß→𝄞\"}");
    }

    @Test
    void deliversLongMessages() {
        var message = "\"" + "0123456789".repeat(50_000) + "\"";

        assertThat(client().send(message).next()).isEqualTo(message);
    }

    @Test
    void passesTheSenderOn() {
        endpoint.onMessage((inbound, reply) ->
                reply.answer(ReplyStatus.RESULT, ("\"" + inbound.principal().id() + "\"").getBytes(UTF_8)));

        assertThat(client().send("{}").next()).isEqualTo("\"ada\"");
    }

    @Test
    void waitsForAnAuthenticatorThatCannotAnswerAtOnce() throws Exception {
        var client = client();
        var asked = new CountDownLatch(1);
        var answer = new ObservedStage(asked);
        identity.set(answer);
        var sent = client.send("\"slow\"");
        assertThat(asked.await(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Thread.startVirtualThread(() -> answer.complete(new Authenticated(ADA)));

        assertThat(sent.next()).isEqualTo("\"slow\"");
    }

    @Test
    void aMessageWithoutAnAcceptedSenderDoesNotReachTheEndpoint() {
        var client = client();
        var seen = new AtomicInteger();
        endpoint.onMessage((inbound, reply) -> {
            seen.incrementAndGet();
            echo(inbound, reply);
        });
        var request = "{\"id\":1,\"method\":\"m\"}";

        identity.set(CompletableFuture.completedFuture(Authentication.Challenge.of("Bearer", "Send a key.")));
        assertThat(client.send(request).next()).contains("Send a key.", "401");
        identity.set(CompletableFuture.completedFuture(new Authentication.Unavailable(Duration.ofSeconds(7))));
        assertThat(client.send(request).next()).contains("503");
        identity.set(CompletableFuture.failedStage(new IllegalStateException("a planted fault")));
        assertThat(client.send(request).next()).contains("503").doesNotContain("planted");
        assertThat(seen).hasValue(0);

        identity.set(CompletableFuture.completedFuture(new Authenticated(ADA)));
        assertThat(client.send("\"accepted\"").next()).isEqualTo("\"accepted\"");
    }

    @Test
    void sendsAResponseFromAnyThread() {
        var client = client();
        endpoint.onMessage((inbound, reply) -> Thread.startVirtualThread(() -> echo(inbound, reply)));
        assertThat(client.send("\"virtual\"").next()).isEqualTo("\"virtual\"");

        endpoint.onMessage((inbound, reply) -> Thread.ofPlatform().start(() -> echo(inbound, reply)));
        assertThat(client.send("\"platform\"").next()).isEqualTo("\"platform\"");
    }

    @Test
    void sendsNothingForAResponseWithoutABody() {
        var client = client();
        endpoint.onMessage((inbound, reply) -> {
            var notification = text(inbound).startsWith("\"quiet");
            reply.answer(
                    notification ? ReplyStatus.ACCEPTED : ReplyStatus.RESULT, notification ? null : inbound.body());
        });

        client.send("\"quiet\"");

        assertThat(client.send("\"loud\"").next()).isEqualTo("\"loud\"");
    }

    @Test
    void concurrentMessagesGetTheirOwnResponses() {
        var client = client();
        endpoint.onMessage((inbound, reply) -> {
            if (text(inbound).hashCode() % 3 == 0) {
                echo(inbound, reply);
            } else {
                Thread.startVirtualThread(() -> echo(inbound, reply));
            }
        });
        var messages = IntStream.range(0, 500)
                .mapToObj(i -> "\"" + i + ":" + "x".repeat(i * 37 % 3_000) + "\"")
                .toList();

        var sent = messages.stream().map(client::send).toList();

        assertThat(sent.stream().map(Sent::next)).containsExactlyInAnyOrderElementsOf(messages);
    }

    @Test
    void deliversTheMessagesOfAStreamInOrder() {
        endpoint.onMessage((inbound, reply) -> Thread.startVirtualThread(() -> {
            reply.open(ReplyStatus.RESULT);
            IntStream.range(0, 100).forEach(i -> reply.offer(event("\"" + i + "\"")));
            reply.end();
        }));

        var sent = client().send("\"go\"");

        IntStream.range(0, 100).forEach(i -> assertThat(sent.next()).isEqualTo("\"" + i + "\""));
    }

    @Test
    void acceptsOffersUntilTheStreamEnds() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var sent = client().send("\"go\"");
        var reply = nextReply();

        reply.open(ReplyStatus.RESULT);
        assertThat(reply.offer(event("\"first\""))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(sent.next()).isEqualTo("\"first\"");
        reply.end();
        reply.end();

        assertThat(reply.offer(event("\"late\""))).isEqualTo(OfferResult.CLOSED);
    }

    @Test
    void offerReturnsFullWhenTheClientDoesNotRead() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var client = connectWithoutReading(transport);
        open.add(client);
        client.send("\"go\"");
        var reply = nextReply();
        reply.open(ReplyStatus.RESULT);
        var large = event("\"" + "x".repeat(50_000) + "\"");

        var refused = CompletableFuture.supplyAsync(() -> IntStream.range(0, 10_000)
                .mapToObj(i -> reply.offer(large))
                .filter(offer -> offer != OfferResult.ACCEPTED)
                .findFirst());

        assertThat(refused.get(LONG.toSeconds(), TimeUnit.SECONDS)).contains(OfferResult.FULL);
    }

    @Test
    void servesNewClientsAfterAGracefulShutdownStarts() {
        transport.startGracefulShutdown();
        transport.startGracefulShutdown();

        assertThat(client().send("\"new\"").next()).isEqualTo("\"new\"");
    }

    @Test
    void finishesRunningRequestsWhileItDrains() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var sent = client().send("\"go\"");
        var reply = nextReply();

        transport.drain();
        reply.answer(ReplyStatus.RESULT, "\"done\"".getBytes(UTF_8));

        assertThat(sent.next()).isEqualTo("\"done\"");
    }

    @Test
    void stopWaitsForAllAcceptedRequests() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var client = client();
        var sent = IntStream.range(0, 20)
                .mapToObj(i -> client.send("\"" + i + "\""))
                .toList();
        var accepted = new ArrayList<Reply>();
        for (var ignored : sent) {
            accepted.add(nextReply());
        }

        transport.drain();
        var stopped = CompletableFuture.supplyAsync(() -> transport.stop(LONG));
        accepted.forEach(reply -> reply.answer(ReplyStatus.RESULT, "\"done\"".getBytes(UTF_8)));

        assertThat(stopped.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(sent).allSatisfy(one -> assertThat(one.next()).isEqualTo("\"done\""));
    }

    @Test
    void stopsImmediatelyWithoutRunningRequests() {
        var client = client();
        assertThat(client.send("\"a\"").next()).isEqualTo("\"a\"");

        transport.drain();

        assertThat(transport.stop(LONG)).isTrue();
    }

    @Test
    void stopReturnsFalseWhenRequestsStillRun() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        client().send("\"go\"");
        nextReply();

        transport.drain();

        assertThat(transport.stop(SHORT)).isFalse();
    }

    @Test
    void doesNotEndWhileAClientIsConnected() {
        assertThat(client().send("\"a\"").next()).isEqualTo("\"a\"");

        assertThat(transport.ended().toCompletableFuture()).isNotDone();
    }

    private Client client() {
        var client = connect(transport);
        open.add(client);
        return client;
    }

    private Reply nextReply() throws InterruptedException {
        var reply = replies.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(reply).as("a message has arrived").isNotNull();
        return Objects.requireNonNull(reply);
    }

    private static void echo(IncomingMessage inbound, Reply reply) {
        reply.answer(ReplyStatus.RESULT, inbound.body());
    }

    /** Tells when a transport asks for the answer. */
    private static final class ObservedStage extends CompletableFuture<Authentication> {
        private final CountDownLatch asked;

        ObservedStage(CountDownLatch asked) {
            this.asked = asked;
        }

        @Override
        public CompletableFuture<Authentication> toCompletableFuture() {
            asked.countDown();
            return this;
        }
    }

    private static Event event(String message) {
        return Event.of(message.getBytes(UTF_8));
    }

    private static String text(IncomingMessage inbound) {
        return new String(inbound.body(), UTF_8);
    }
}
