package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driven.ClientTransport.OutgoingMessage;
import io.breakwater.port.driven.ClientTransport.TransportExchange;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ClientTransport} does: it carries the messages of a client to a server and the messages of the
 * server back, unchanged and in order. {@link ClientExchangeContract} adds what transports over HTTP do.
 */
public abstract class ClientTransportContract {

    /** What the server does with the messages that it receives. */
    protected final ScriptedEndpoint endpoint = new ScriptedEndpoint();

    /** The replies to messages that a test keeps open with {@link #keepReplies}. */
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    private final BlockingQueue<Reply> listeners = new LinkedBlockingQueue<>();
    private final RecordingReceiver connection = new RecordingReceiver();

    /** The transport under test, connected. */
    protected ClientTransport transport;

    /** Starts a server with the {@link #endpoint}, and creates a transport that is connected to it. */
    protected abstract ClientTransport connect() throws Exception;

    /** Stops the server, after the transport was closed. */
    protected void stopServer() throws Exception {}

    @BeforeEach
    void connectTransport() throws Exception {
        endpoint.onListen((inbound, reply) -> listeners.add(reply));
        transport = connect();
        if (transport.isSession()) {
            transport.listen(Map.of(), connection);
        }
    }

    @AfterEach
    void closeTransport() throws Exception {
        transport.close();
        stopServer();
    }

    @Test
    void deliversAMessageAndItsResponse() {
        assertThat(send("{\"a\":\"ß→𝄞\"}").nextText()).isEqualTo("{\"a\":\"ß→𝄞\"}");
    }

    @Test
    void deliversLongMessages() {
        var message = "\"" + "0123456789".repeat(50_000) + "\"";

        assertThat(send(message).nextText()).isEqualTo(message);
    }

    @Test
    void deliversTheMessagesOfAStreamInOrder() {
        endpoint.onMessage((inbound, reply) -> Thread.startVirtualThread(() -> {
            reply.open(ReplyStatus.RESULT);
            IntStream.range(0, 100).forEach(i -> reply.offer(event("\"" + i + "\"")));
            reply.end();
        }));

        var received = send("\"go\"");

        IntStream.range(0, 100).forEach(i -> assertThat(received.nextText()).isEqualTo("\"" + i + "\""));
    }

    @Test
    void deliversAMessageBeforeTheStreamEnds() throws Exception {
        keepReplies();
        var received = send("\"go\"");
        var reply = takeReply();
        reply.open(ReplyStatus.RESULT);

        reply.offer(event("\"progress\""));
        assertThat(received.nextText()).isEqualTo("\"progress\"");

        reply.endWith(event("\"result\""));
        assertThat(received.nextText()).isEqualTo("\"result\"");
    }

    @Test
    void deliversConcurrentMessages() {
        endpoint.onMessage((inbound, reply) -> Thread.startVirtualThread(() -> echo(inbound, reply)));
        var messages = IntStream.range(0, 50)
                .mapToObj(i -> "\"" + i + ":" + "x".repeat(i * 37) + "\"")
                .toList();

        var received = messages.stream().map(this::send).toList();

        assertThat(received.stream().map(RecordingReceiver::nextText)).containsExactlyInAnyOrderElementsOf(messages);
    }

    @Test
    void doesNotWaitForASlowResponse() throws Exception {
        endpoint.onMessage((inbound, reply) -> {
            if (new String(inbound.body(), UTF_8).equals("\"slow\"")) {
                replies.add(reply);
            } else {
                echo(inbound, reply);
            }
        });
        var slow = send("\"slow\"");

        assertThat(send("\"fast\"").nextText()).isEqualTo("\"fast\"");

        takeReply().answer(ReplyStatus.RESULT, "\"done\"".getBytes(UTF_8));
        assertThat(slow.nextText()).isEqualTo("\"done\"");
    }

    @Test
    void deliversMessagesOutsideAnyExchange() throws Exception {
        var received = listen(Map.of());
        var listener = take(listeners);
        listener.open(ReplyStatus.RESULT);

        listener.offer(event("\"changed\""));

        assertThat(received.nextText()).isEqualTo("\"changed\"");
    }

    @Test
    void canBeClosedTwice() {
        assertThat(send("\"a\"").nextText()).isEqualTo("\"a\"");

        transport.close();
        transport.close();
    }

    /** Sends a message without header fields. */
    protected final RecordingReceiver send(String message) {
        var receiver = transport.isSession() ? connection : new RecordingReceiver();
        send(message, Map.of(), receiver);
        return receiver;
    }

    /** Sends a message with header fields. */
    protected final TransportExchange send(String message, Map<String, String> fields, RecordingReceiver receiver) {
        return transport.send(new OutgoingMessage(message.getBytes(UTF_8), fields), receiver);
    }

    /** Opens the stream for messages outside exchanges. A lasting connection has it from the start. */
    protected final RecordingReceiver listen(Map<String, String> fields) {
        if (transport.isSession()) {
            return connection;
        }
        var receiver = new RecordingReceiver();
        transport.listen(fields, receiver);
        return receiver;
    }

    /** Receives the messages outside exchanges, and on a lasting connection all messages. */
    protected final RecordingReceiver connection() {
        return connection;
    }

    /** Leaves all messages without a response; {@link #takeReply} returns the replies. */
    protected final void keepReplies() {
        endpoint.onMessage((inbound, reply) -> replies.add(reply));
    }

    /** Waits for a message to arrive at the server, and returns its reply. */
    protected final Reply takeReply() throws InterruptedException {
        return take(replies);
    }

    /** Creates an event with a message only. */
    protected static Event event(String message) {
        return Event.of(message.getBytes(UTF_8));
    }

    private static Reply take(BlockingQueue<Reply> queue) throws InterruptedException {
        return Objects.requireNonNull(
                queue.poll(Eventually.SECONDS, TimeUnit.SECONDS), "No message arrived at the server");
    }

    private static void echo(IncomingMessage inbound, Reply reply) {
        reply.answer(ReplyStatus.RESULT, inbound.body());
    }
}
