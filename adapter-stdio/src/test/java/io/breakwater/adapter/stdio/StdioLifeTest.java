package io.breakwater.adapter.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.MetricSink;
import io.breakwater.port.PortException;
import io.breakwater.port.SettingNames;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.Authentication;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.OfferResult;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.driving.Transport;
import io.breakwater.sample.waiting.Eventually;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The beginning and the end of a stdio connection, and what only stdio has. */
class StdioLifeTest {
    private static final Logger LOG = Logger.getLogger(StdioTransport.class.getName());
    private static final StdioSettings SMALL = new StdioSettings(1024, 2048, Duration.ofSeconds(10));
    private static final Duration LONG = Eventually.LIMIT;

    private final Wires wires = new Wires();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final BlockingQueue<IncomingMessage> inbounds = new LinkedBlockingQueue<>();

    @AfterEach
    void closePipes() {
        wires.close();
    }

    @Test
    void listensBeforeTheFirstMessageOnTheSameConnection() throws Exception {
        endpoint.onListen((inbound, reply) -> inbounds.add(inbound));
        endpoint.onMessage((inbound, reply) -> inbounds.add(inbound));
        started(SMALL);

        wires.write("1\n");

        var listening = inbounds.take();
        var message = inbounds.take();
        assertThat(listening.body()).isEmpty();
        assertThat(message.body()).isEqualTo("1".getBytes(UTF_8));
        assertThat(message.channel()).isInstanceOf(Channel.Connection.class).isSameAs(listening.channel());
        assertThat(message.peer()).isEqualTo(RemotePeer.STDIO);
    }

    @Test
    void sendsUnsolicitedMessages() throws Exception {
        endpoint.onListen((inbound, reply) -> replies.add(reply));
        started(SMALL);
        wires.reading();

        var stream = replies.take();
        stream.open(ReplyStatus.RESULT);

        assertThat(stream.offer(Event.of("\"news\"".getBytes(UTF_8)))).isEqualTo(OfferResult.ACCEPTED);
        assertThat(wires.line()).isEqualTo("\"news\"");
    }

    @Test
    void readsTheLastLineWithoutItsEndAndAnswersItAfterTheInputEnded() throws Exception {
        endpoint.onMessage((inbound, reply) -> {
            inbounds.add(inbound);
            replies.add(reply);
        });
        var transport = started(SMALL);
        wires.reading();

        wires.write("\"last\"");
        wires.closeInput();
        assertThat(inbounds.take().body()).isEqualTo("\"last\"".getBytes(UTF_8));
        assertThat(endpoint.closed().getCount()).isEqualTo(1);
        replies.take().answer(ReplyStatus.RESULT, "\"answer\"".getBytes(UTF_8));

        assertThat(wires.line()).isEqualTo("\"answer\"");
        assertThat(endpoint.closed().await(Eventually.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        transport.ended().toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(transport.stop(LONG)).isTrue();
    }

    @Test
    void aBugInTheEndpointEndsOneMessageAndNotTheConnection() throws Exception {
        endpoint.onMessage((inbound, reply) -> {
            if (Arrays.equals(inbound.body(), "1".getBytes(UTF_8))) {
                throw new IllegalStateException("a bug");
            }
            reply.answer(ReplyStatus.RESULT, inbound.body());
        });
        var transport = started(SMALL);
        wires.reading();

        wires.write("1\n2\n");

        assertThat(wires.line()).contains("\"code\":-32603", "Internal error").doesNotContain("a bug");
        assertThat(wires.line()).isEqualTo("2");
        wires.closeInput();
        transport.ended().toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(transport.stop(LONG)).isTrue();
    }

    @Test
    void cancelsWhatDoesNotAnswerInTimeAfterTheInputEnded() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        var transport = started(new StdioSettings(1024, 2048, Duration.ofMillis(1)));

        wires.write("1\n");
        replies.take();
        wires.closeInput();

        assertThat(endpoint.closed().await(Eventually.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        transport.ended().toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(transport.stop(LONG)).isFalse();
    }

    @Test
    void endsWithinItsTimeThoughTheClientReadsNothing() throws Exception {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.RESULT, new byte[500_000]));
        var transport = started(new StdioSettings(1024, 2048, Duration.ofMillis(1)));

        wires.write("1\n");
        wires.closeInput();
        wires.closeOutput();

        transport.ended().exceptionally(broken -> null).toCompletableFuture().get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(transport.stop(LONG)).isFalse();
    }

    @Test
    void endsWhenTheClientClosesTheOutput() throws Exception {
        endpoint.onMessage((inbound, reply) -> {
            replies.add(reply);
            Thread.startVirtualThread(() -> reply.answer(ReplyStatus.RESULT, inbound.body()));
        });
        var transport = started(SMALL);
        wires.closeOutput();

        wires.write("1\n");

        assertThat(endpoint.closed().await(Eventually.SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertBroken(transport, "The client has closed its end of standard output.");
        assertThat(transport.stop(LONG)).isFalse();
    }

    @Test
    void tellsThatTheOutputCannotBeWritten() throws Exception {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.RESULT, inbound.body()));
        try (var full = new FileOutputStream("/dev/full")) {
            var transport = started(StdioTransport.on(wires.serverIn, full, SMALL));

            wires.write("1\n");

            assertBroken(transport, "Standard output cannot be written: No space left on device.");
        }
    }

    @Test
    void tellsThatTheInputCannotBeRead() throws Exception {
        var unreadable = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Is a directory");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };

        var transport = started(StdioTransport.on(unreadable, wires.serverOut, SMALL));

        assertBroken(transport, "Standard input cannot be read: Is a directory.");
    }

    @Test
    void logsAMessageThatIsTooLong() {
        var lines = new CopyOnWriteArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LOG.addHandler(handler);
        try {
            started(SMALL);
            wires.reading();
            wires.write("x".repeat(5_000) + "\n");
            assertThat(wires.line()).contains("StdioSettings.maxLine");

            assertThat(lines)
                    .containsExactly("Dropped a message that is longer than StdioSettings.maxLine allows (1024 bytes)");
        } finally {
            LOG.removeHandler(handler);
        }
    }

    private static void assertBroken(Transport transport, String why) {
        assertThat(transport.ended().toCompletableFuture())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(PortException.UnavailableException.class)
                .havingCause()
                .withMessage(why);
    }

    @Test
    void answersEverythingToAClientThatReadsLate() throws Exception {
        var answer = new byte[1024];
        Arrays.fill(answer, (byte) '7');
        endpoint.onMessage(
                (inbound, reply) -> Thread.startVirtualThread(() -> reply.answer(ReplyStatus.RESULT, answer)));
        started(SMALL);

        wires.write("1\n".repeat(1_000));
        wires.reading();

        IntStream.range(0, 1_000).forEach(i -> assertThat(wires.line()).hasSize(1024));
    }

    @Test
    void refusesNotificationsButNoAnswersWhileTheClientDoesNotRead() throws Exception {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
        started(SMALL);
        wires.write("1\n2\n");
        var one = replies.take();
        var two = replies.take();
        one.open(ReplyStatus.RESULT);
        two.open(ReplyStatus.RESULT);
        var news = Event.of(("\"" + "n".repeat(2_000) + "\"").getBytes(UTF_8));
        while (one.offer(news) == OfferResult.ACCEPTED) {
            Thread.onSpinWait();
        }

        one.deliver(Event.of("\"answer one\"".getBytes(UTF_8)));
        one.end();
        two.endWith(Event.of("\"answer two\"".getBytes(UTF_8)));
        wires.reading();

        assertThat(Stream.generate(wires::line)
                        .filter(line -> line.contains("answer"))
                        .limit(2))
                .containsExactlyInAnyOrder("\"answer one\"", "\"answer two\"");
    }

    @Test
    void answersALineOverTheLimitWithTheSettingAndTheIdOfTheRequest() {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.RESULT, inbound.body()));
        started(SMALL);
        wires.reading();

        wires.write("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":{\"a\":\"" + "x".repeat(1024)
                + "\"},\"id\":\"seven\"}\n");
        wires.write("x".repeat(5_000) + "\n\"next\"\n");

        assertThat(wires.line())
                .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"seven\",\"error\":{\"code\":-32600,")
                .contains("StdioSettings.maxLine", "1024 bytes");
        assertThat(wires.line())
                .startsWith("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,")
                .contains("StdioSettings.maxLine");
        assertThat(wires.line()).isEqualTo("\"next\"");
    }

    @Test
    void doesNotStartWithACredentialThatIsNotAccepted() {
        var host = new Transport.Host(
                endpoint,
                Authenticator.of((fields, peer) -> Authentication.Challenge.of("Bearer", "The key has expired.")),
                List.of(),
                MetricSink.none(),
                MemoryBudget.unlimited(),
                SettingNames.JAVA);

        assertThatThrownBy(() -> wires.transport(SMALL).start(host))
                .isInstanceOf(PortException.RefusedException.class)
                .hasMessage(
                        "The key has expired. The credential of this process is in StandardAuthentication.credential.");
    }

    @Test
    void escapesTheNameOfTheSettingInTheAnswer() {
        wires.transport(SMALL)
                .start(new Transport.Host(
                        endpoint,
                        Authenticator.ANONYMOUS,
                        List.of(),
                        MetricSink.none(),
                        MemoryBudget.unlimited(),
                        component -> "\"max line\" of C:\\server\n"));
        wires.reading();

        wires.write("x".repeat(5_000) + "\n");

        var answer = (Json.Obj) Json.parse(wires.line());
        assertThat(answer.object("error").text("message")).contains("longer than \"max line\" of C:\\server\n allows");
    }

    @Test
    void takesNothingMoreOnceItStops() throws Exception {
        var transport = started(SMALL);
        wires.reading();
        assertThat(wires.client().send("1").next()).isEqualTo("1");

        assertThat(transport.stop(LONG)).isTrue();
        assertThat(endpoint.closed().getCount()).isZero();
        wires.closeOutput();

        assertThat(transport.ended().toCompletableFuture()).isNotDone();
    }

    private Transport started(StdioSettings settings) {
        return started(wires.transport(settings));
    }

    private Transport started(StdioTransport transport) {
        transport.start(new Transport.Host(endpoint, List.of(), MetricSink.none()));
        return transport;
    }
}
