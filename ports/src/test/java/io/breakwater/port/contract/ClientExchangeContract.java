package io.breakwater.port.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Event;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.ClientTransport;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link ClientTransport} does in addition when every message is a separate exchange with header fields. */
public abstract class ClientExchangeContract extends ClientTransportContract {
    private static final byte[] RESPONSE = "\"response\"".getBytes(UTF_8);

    @Test
    void hasNoLastingConnection() {
        assertThat(transport.isSession()).isFalse();
    }

    @Test
    void deliversHeaderFields() throws Exception {
        var arrived = new CompletableFuture<HeaderFields>();
        endpoint.onMessage((inbound, reply) -> {
            arrived.complete(inbound.fields());
            reply.answer(ReplyStatus.RESULT, RESPONSE);
        });

        send("1", Map.of("Mcp-Session-Id", "s-1", "MCP-Protocol-Version", "2025-11-25"), new RecordingReceiver());

        var fields = arrived.get(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(fields.all("mcp-session-id")).containsExactly("s-1");
        assertThat(fields.all("mcp-protocol-version")).containsExactly("2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellsWhichSessionTheServerBegan(boolean stream) {
        endpoint.onMessage((inbound, reply) -> {
            if (stream) {
                reply.open(new ReplyStatus.Result("s-2"));
                reply.endWith(Event.of(RESPONSE));
            } else {
                reply.answer(new ReplyStatus.Result("s-2"), RESPONSE);
            }
        });

        var received = send("1");

        assertThat(received.nextText()).isEqualTo("\"response\"");
        assertThat(received.sessionId()).isEqualTo("s-2");
    }

    @Test
    void endsAnExchangeAfterItsResponse() {
        var received = send("1");

        assertThat(received.end()).isEmpty();
        assertThat(received.nextText()).isEqualTo("1");
        assertThat(received.hasMore()).isFalse();
    }

    @Test
    void deliversNothingForAMessageWithoutResponse() {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.ACCEPTED, null));

        var received = send("1");

        assertThat(received.end()).isEmpty();
        assertThat(received.hasMore()).isFalse();
    }

    @Test
    void deliversTheErrorOfARejectedRequest() {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.MALFORMED, RESPONSE));

        var received = send("1");

        assertThat(received.end()).containsInstanceOf(PortException.RefusedException.class);
        assertThat(received.nextText()).isEqualTo("\"response\"");
    }

    @Test
    void failsWhenTheServerRejectsARequestWithoutAMessage() {
        endpoint.onMessage((inbound, reply) -> reply.answer(ReplyStatus.NO_SESSION, null));

        assertThat(send("1").end()).containsInstanceOf(PortException.RefusedException.class);
    }

    @Test
    void reportsRejectedCredentials() {
        endpoint.onMessage((inbound, reply) -> reply.answer(new ReplyStatus.Unauthenticated("Bearer"), RESPONSE));
        var refused = send("1");
        assertThat(refused.nextText()).isEqualTo("\"response\"");
        assertThat(refused.isUnauthorized()).isTrue();

        endpoint.onMessage((inbound, reply) -> reply.answer(new ReplyStatus.Forbidden(null), RESPONSE));
        refused = send("1");
        assertThat(refused.nextText()).isEqualTo("\"response\"");
        assertThat(refused.isUnauthorized()).isTrue();
    }

    @Test
    void joinsTheLinesOfAMessage() {
        endpoint.onMessage((inbound, reply) -> {
            reply.open(ReplyStatus.RESULT);
            reply.endWith(event("{\n  \"a\": 1\n}"));
        });

        assertThat(send("1").nextText()).isEqualTo("{\n  \"a\": 1\n}");
    }

    @Test
    void reportsTheEventIdFromWhichAStreamResumes() {
        endpoint.onMessage((inbound, reply) -> {
            reply.open(ReplyStatus.RESULT);
            reply.offer(new Event(RESPONSE, "s:7", Duration.ofMillis(250)));
            reply.end();
        });

        var received = send("1");

        var event = received.next();
        assertThat(event.id()).isEqualTo("s:7");
        assertThat(event.retry()).isEqualTo(Duration.ofMillis(250));
        assertThat(received.end()).isEmpty();
    }

    @Test
    void resumesAStream() {
        endpoint.onListen((inbound, reply) -> {
            reply.open(ReplyStatus.RESULT);
            reply.endWith(event("\"after " + inbound.fields().first("Last-Event-ID") + "\""));
        });

        var received = listen(Map.of("Last-Event-ID", "s:7"));

        assertThat(received.nextText()).isEqualTo("\"after s:7\"");
        assertThat(received.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelsAnExchange(boolean stream) throws Exception {
        keepReplies();
        var received = new RecordingReceiver();
        var exchange = send("1", Map.of(), received);
        var reply = takeReply();
        var disconnected = new CountDownLatch(1);
        reply.onDisconnect(disconnected::countDown);
        if (stream) {
            reply.open(ReplyStatus.RESULT);
            reply.offer(event("\"progress\""));
            assertThat(received.nextText()).isEqualTo("\"progress\"");
        }

        exchange.cancel();

        assertThat(disconnected.await(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(received.hasEnded()).isFalse();
    }

    @Test
    void endsASession() {
        var ended = new CompletableFuture<String>();
        endpoint.onEnd((inbound, reply) -> {
            ended.complete(inbound.fields().first("Mcp-Session-Id"));
            reply.answer(ReplyStatus.ENDED, null);
        });

        transport.end(Map.of("Mcp-Session-Id", "s-3"));

        assertThat(ended).isCompletedWithValue("s-3");
    }
}
