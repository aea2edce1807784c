package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Event;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of a session, which a client may lose and come back to. */
class StreamsTest {
    private final WorkGate first = new WorkGate();
    private final WorkGate second = new WorkGate();
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("steps", call -> {
                call.log(LogLevel.INFO, "one");
                first.pass();
                call.log(LogLevel.INFO, "two");
                second.pass();
                return "done";
            }))
            .tool(SampleTools.saying("sizes", call -> {
                call.log(LogLevel.INFO, "small");
                call.log(LogLevel.INFO, "large".repeat(1_000));
                call.log(LogLevel.INFO, "small again");
                return "done";
            }))
            .tool(SampleTools.saying("quiet", call -> {
                first.pass();
                return "done";
            }))
            .tool(SampleTools.saying("polled", call -> {
                call.closeStream(Duration.ofMillis(250));
                first.pass();
                return "done";
            }))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static String id(Event event) {
        return Objects.requireNonNull(event.id());
    }

    private static List<String> ids(RecordedReply reply) {
        return reply.events().stream().map(StreamsTest::id).toList();
    }

    private static void assertUnknown(RecordedReply reply) {
        assertThat(reply.status()).isEqualTo(ReplyStatus.NO_EVENT);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.error().text("message")).contains("Last-Event-ID");
    }

    @Test
    void theFirstEventOnlySaysWhereToComeBackTo() {
        var reply = client.call("steps");
        reply.awaitMessages(1);

        var priming = reply.events().getFirst();
        assertThat(priming.message()).isEmpty();
        assertThat(id(priming)).endsWith(":0");
        assertThat(ids(reply)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-06-18", "2025-03-26"})
    void olderRevisionsKnowNoSuchEvent(String revision) {
        var old = LegacyRequests.begun(server, revision, "{}");
        var reply = old.call("steps");
        reply.awaitMessages(1);

        assertThat(reply.events().getFirst().message()).isNotEmpty();
    }

    @Test
    void aClientComesBackWhileTheCallIsAtWork() {
        var lost = client.call("steps");
        lost.awaitMessages(1);
        var last = ids(lost).getLast();
        lost.disconnect();
        first.open();
        second.awaitEntered();

        var again = client.resume(last);
        assertThat(again.messages()).hasSize(1).first().asString().contains("two");
        second.open();
        assertThat(again.result()).asString().contains("done");
        assertThat(ids(again)).doesNotContain(last).doesNotHaveDuplicates();
    }

    @Test
    void aClientComesBackAfterTheCallHasEnded() {
        first.open();
        second.open();
        var whole = client.call("steps").awaitEnd();

        var again = client.resume(ids(whole).get(1));
        assertThat(again.ended()).isTrue();
        assertThat(ids(again)).isEqualTo(ids(whole).subList(2, 4));
        assertThat(again.messages()).isEqualTo(whole.messages().subList(1, 3));
    }

    @Test
    void aSlowReaderOfAnEndedStreamMissesNothingInBetween() {
        var whole = client.call("sizes").awaitEnd();
        var slow = client.resume(ids(whole).getFirst(), new RecordedReply().takingUpTo(1_000));
        assertThat(slow.ended()).isTrue();
        assertThat(ids(slow)).isEqualTo(ids(whole).subList(1, 2));

        var rest = client.resume(ids(slow).getLast());
        assertThat(rest.ended()).isTrue();
        assertThat(ids(rest)).isEqualTo(ids(whole).subList(2, 5));
    }

    @Test
    void aStreamThatHasNothingLeftIsNotOfferedAgain() {
        first.open();
        second.open();
        var whole = client.call("steps").awaitEnd();

        assertUnknown(client.resume(ids(whole).getLast()));
        assertUnknown(client.resume("never-was:3"));
    }

    @Test
    void anEventThatIsStillToComeIsUnknown() {
        var reply = client.call("steps");
        reply.awaitMessages(1);
        var latest = ids(reply).getLast();

        assertUnknown(client.resume(latest.substring(0, latest.indexOf(':')) + ":2"));
        assertThat(reply.ended()).isFalse();
        var again = client.resume(latest);
        first.open();
        second.open();
        assertThat(again.result()).asString().contains("done");
    }

    @Test
    void anEventIdThatIsNoneIsUnknown() {
        for (var id : new String[] {"", "x", ":1", "x:", "x:-1", "x:1.5", "x:99999999999999999999"}) {
            assertUnknown(client.resume(id));
        }
    }

    @Test
    void anotherSessionCannotComeBackToIt() {
        first.open();
        second.open();
        var whole = client.call("steps").awaitEnd();

        assertUnknown(LegacyRequests.begun(server).resume(ids(whole).getFirst()));
    }

    @Test
    void aSlowReaderLosesItsConnectionAndNothingElse() {
        var slow = client.call("steps");
        slow.awaitMessages(1);
        slow.clog();
        first.open();
        second.awaitEntered();
        assertThat(slow.ended()).isTrue();

        second.open();
        var again = client.resume(ids(slow).getLast());
        assertThat(again.result()).asString().contains("done");
        assertThat(again.messages()).hasSize(2);
    }

    @Test
    void aCallMayLetItsConnectionGoAndSaysWhenToComeBack() {
        var polled = client.call("polled");
        polled.awaitEnd();
        assertThat(polled.events()).extracting(Event::retry).contains(Duration.ofMillis(250));

        var again = client.resume(id(polled.events().getFirst()));
        assertThat(again.ended()).isFalse();
        first.open();
        assertThat(again.result()).asString().contains("done");
    }

    @Test
    void aCancelledCallGetsNoAnswerAndItsExchangeEnds() {
        var reply = client.call("quiet");
        first.awaitEntered();
        client.tell("notifications/cancelled", "{'requestId':" + client.lastId() + ",'reason':'too slow'}");

        first.awaitInterrupted();
        reply.awaitEnd();
        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.messages()).isEmpty();
    }

    @Test
    void aCancelledStreamEndsAndIsNotOfferedAgain() {
        var reply = client.call("steps");
        reply.awaitMessages(1);
        client.tell("notifications/cancelled", "{'requestId':" + client.lastId() + "}");

        reply.awaitEnd();
        assertThat(reply.messages()).hasSize(1);
        assertUnknown(client.resume(ids(reply).getLast()));
    }

    @Test
    void aCancellationOfAnotherIdOrSessionIsIgnored() {
        var reply = client.call("quiet");
        first.awaitEntered();
        client.tell("notifications/cancelled", "{'requestId':'" + client.lastId() + "'}");
        client.tell("notifications/cancelled", "{'requestId':999}");
        client.tell("notifications/cancelled", "{}");
        LegacyRequests.begun(server).tell("notifications/cancelled", "{'requestId':" + client.lastId() + "}");

        first.open();
        assertThat(reply.result()).asString().contains("done");
    }
}
