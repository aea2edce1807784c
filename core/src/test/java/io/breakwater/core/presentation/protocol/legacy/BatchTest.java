package io.breakwater.core.presentation.protocol.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Event;
import io.breakwater.port.Json;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages at once, which 2025-03-26 alone knows. */
class BatchTest {
    private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";
    private static final String TALK_CALL = "{'jsonrpc':'2.0','id':'t','method':'tools/call','params':{'name':'talk'}}";
    private static final String NOTIFICATION = "{'jsonrpc':'2.0','method':'notifications/initialized'}";

    private static final String WAIT = "{'jsonrpc':'2.0','id':'w','method':'tools/call','params':{'name':'wait'}}";

    private final WorkGate gate = new WorkGate();
    private final MemoryLease lease =
            new MemoryBudget(1_000, 1).account("192.0.2.1").lease();
    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.saying("wait", call -> {
                gate.pass();
                return "done";
            }))
            .tool(SampleTools.saying("talk", call -> {
                call.log(LogLevel.INFO, "heard");
                return "done";
            }))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server, "2025-03-26", "{}");

    @AfterEach
    void close() {
        server.close();
    }

    private static RecordedReply post(LegacyRequests client, String... messages) {
        return client.post(batch(messages).getBytes(UTF_8));
    }

    private static void assertRefused(RecordedReply reply) {
        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
    }

    @Test
    void everyRequestIsAnsweredOnOneStream() {
        var reply = post(client, PING, NOTIFICATION, TALK_CALL).awaitEnd();

        assertThat(reply.isStream()).isTrue();
        assertThat(reply.messages())
                .extracting(message -> message.get("id"))
                .containsExactlyInAnyOrder(Json.of(1), Json.of("t"), null);
        assertThat(reply.messages()).last().asString().contains("done");
        assertThat(reply.events()).extracting(Event::id).containsOnlyNulls();
    }

    @Test
    void whenNothingIsSaidBeforeTheAnswersTheyAreOneArray() {
        var reply = post(client, PING, NOTIFICATION, PING);

        assertThat(reply.isStream()).isFalse();
        assertThat(reply.status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(reply.events())
                .singleElement()
                .extracting(event -> new String(event.message(), UTF_8))
                .isEqualTo(
                        QuotedJson.text("[{'jsonrpc':'2.0','id':1,'result':{}},{'jsonrpc':'2.0','id':1,'result':{}}]"));
    }

    @Test
    void noAnswerIsLostToAClientThatReadsSlowly() {
        var slow = new RecordedReply();
        slow.clog();
        var requests = new ArrayList<>(Collections.nCopies(49, PING));
        requests.add(TALK_CALL);
        requests.addAll(Collections.nCopies(50, PING));
        var body = batch(requests.toArray(String[]::new)).getBytes(UTF_8);

        var reply = client.post(slow, MemoryLease.uncounted(), body).awaitEnd();
        assertThat(reply.isStream()).isTrue();
        assertThat(reply.messages()).hasSize(100).allMatch(message -> message.has("result"));
    }

    @Test
    void answersThatWaitAreCounted() {
        var reply =
                client.post(new RecordedReply(), lease, batch(PING, WAIT, PING).getBytes(UTF_8));
        gate.awaitEntered();
        assertThat(lease.held())
                .isEqualTo(2L
                        * QuotedJson.text("{'jsonrpc':'2.0','id':1,'result':{}}")
                                .length());

        gate.open();
        assertThat(answers(reply.awaitEnd())).hasSize(3);
        Eventually.holds(() -> lease.held() == 0);
    }

    @Test
    void requestsDoNotStartWithoutMemoryForTheirResponses() {
        var requests = Collections.nCopies(100, PING).toArray(String[]::new);
        var reply = client.post(new RecordedReply(), lease, batch(requests).getBytes(UTF_8))
                .awaitEnd();

        var answers = answers(reply);
        assertThat(answers).hasSize(100);
        assertThat(answers).filteredOn(answer -> answer.has("result")).hasSizeBetween(20, 30);
        assertThat(answers)
                .filteredOn(answer -> !answer.has("result"))
                .allSatisfy(answer ->
                        assertThat(answer.object("error")).asString().contains("503", "memory budget", "retryAfterMs"));
        assertThat(lease.held()).isZero();
    }

    private static List<Json.Obj> answers(RecordedReply reply) {
        return reply.events().stream()
                .map(event -> ParsedJson.read(event.message()).json())
                .flatMap(json -> json instanceof Json.Arr(var items) ? items.stream() : Stream.of(json))
                .map(Json.Obj.class::cast)
                .toList();
    }

    @Test
    void onALastingConnectionTheAnswersAreOneArray() {
        var reply = connected().post(batch("7", PING, NOTIFICATION, TALK_CALL)).awaitEnd();

        var logged = reply.events().stream()
                .map(event -> ParsedJson.read(event.message()).json())
                .toList();
        assertThat(logged).hasSize(2);
        assertThat(logged.getFirst()).asString().contains("notifications/message", "heard");
        assertThat(logged.getLast())
                .isInstanceOfSatisfying(
                        Json.Arr.class,
                        answers -> assertThat(answers.items())
                                .extracting(answer -> ((Json.Obj) answer).get("id"))
                                .containsExactlyInAnyOrder(null, Json.of(1), Json.of("t")));
        assertThat(logged.getLast()).asString().contains("done");
    }

    @Test
    void onALastingConnectionOneAnswerIsAnArrayToo() {
        var reply = connected().post(batch(PING)).awaitEnd();

        assertThat(reply.isStream()).isFalse();
        assertThat(reply.events())
                .singleElement()
                .extracting(event -> new String(event.message(), UTF_8))
                .asString()
                .startsWith("[{")
                .endsWith("}]");
    }

    @Test
    void onALastingConnectionABatchOfNotificationsIsNotAnswered() {
        var reply = connected().post(batch(NOTIFICATION, NOTIFICATION)).awaitEnd();

        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.events()).isEmpty();
    }

    private RawRequests connected() {
        var raw = RawRequests.line(server);
        LegacyRequests.initialize(raw, "2025-03-26", "{}").awaitEnd();
        raw.post(QuotedJson.text(NOTIFICATION));
        return raw;
    }

    private static String batch(String... messages) {
        return QuotedJson.text("[" + String.join(",", messages) + "]");
    }

    @Test
    void withoutARequestThereIsNothingToAnswer() {
        var reply = post(client, NOTIFICATION, "{'jsonrpc':'2.0','id':9,'result':{}}");

        assertThat(reply.status()).isEqualTo(ReplyStatus.ACCEPTED);
        assertThat(reply.messages()).isEmpty();
    }

    @Test
    void aBadElementDoesNotSpoilTheOthers() {
        var reply = post(client, "7", PING, "{'jsonrpc':'2.0','id':null,'method':'ping'}")
                .awaitEnd();

        assertThat(answers(reply)).hasSize(3);
        assertThat(answers(reply)).filteredOn(message -> message.has("result")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-06-18", "2025-11-25"})
    void otherRevisionsKnowNone(String revision) {
        assertRefused(post(LegacyRequests.begun(server, revision, "{}"), PING));
    }

    @Test
    void noneBeginsASessionOrSpeaksTheModernRevision() {
        assertRefused(post(
                client,
                PING,
                "{'jsonrpc':'2.0','id':2,'method':'initialize','params':{'protocolVersion':'2025-03-26',"
                        + "'capabilities':{}}}"));
        assertRefused(post(
                client,
                "{'jsonrpc':'2.0','id':2,'method':'tools/list','params':{'_meta':"
                        + "{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}}"));
    }

    @Test
    void tooManyAreRefused() {
        assertRefused(post(client, Collections.nCopies(101, PING).toArray(String[]::new)));
        assertThat(post(client, Collections.nCopies(100, NOTIFICATION).toArray(String[]::new))
                        .status())
                .isEqualTo(ReplyStatus.ACCEPTED);
    }
}
