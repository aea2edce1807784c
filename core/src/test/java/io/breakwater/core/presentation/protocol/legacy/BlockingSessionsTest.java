package io.breakwater.core.presentation.protocol.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.BlockingStores;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.port.Json;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.Limits;
import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Sessions in stores that may block: no event loop and no timer waits for them, and no message takes another's place.
 */
class BlockingSessionsTest {
    private static final int NO_SUCH_SESSION = -32001;

    private final TimedExecutors executors = new TimedExecutors();
    private final BlockingStores stores = new BlockingStores(executors);
    private final WorkGate gate = new WorkGate();
    private final Breakwater server = stores.server()
            .limits(Limits.STANDARD.withDeadline(Duration.ofSeconds(20)))
            .tool(SampleTools.draft("inline")
                    .executionMode(ExecutionMode.INLINE)
                    .handler((arguments, call) -> {
                        call.log(LogLevel.INFO, "one");
                        return ToolResult.text("done");
                    }))
            .tool(SampleTools.saying("debug", call -> {
                call.log(LogLevel.DEBUG, "one");
                return "done";
            }))
            .tool(SampleTools.saying("wait", call -> {
                call.log(LogLevel.INFO, "one");
                gate.pass();
                return "done";
            }))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private LegacyRequests begin(String revision) {
        var client = LegacyRequests.begun(server, revision, "{}");
        Eventually.holds(() -> stored(client.session()));
        return client;
    }

    private boolean stored(String id) {
        return stores.sessions
                .sessions()
                .find(id, ManualCallContext.unhurried())
                .orElseThrow()
                .initialized();
    }

    @Test
    void noMessageReachesAStoreOnTheThreadOnWhichItArrived() {
        var client = begin("2025-11-25");
        client.ask("ping", "{}").result();
        client.ask("logging/setLevel", "{'level':'debug'}").result();
        client.ask("resources/subscribe", "{'uri':'a://b'}").result();
        var listening = client.listen();
        Eventually.holds(() -> listening.isStream());
        server.resourceUpdated("a://b");
        listening.awaitMessages(1);
        server.add(SampleTools.saying("more", call -> ""));
        listening.awaitMessages(2);
        var events = client.call("inline").awaitEnd().events();
        client.resume(Objects.requireNonNull(events.getFirst().id())).awaitEnd();
        client.ask("resources/unsubscribe", "{'uri':'a://b'}").result();
        client.tell("notifications/cancelled", "{'requestId':99}").awaitEnd();
        client.end().awaitEnd();
        post(begin("2025-03-26"), "{'jsonrpc':'2.0','id':1,'method':'ping'}").awaitEnd();
        executors.pass(Duration.ofMinutes(11));

        assertThat(stores.sessionWatch.violations()).isEmpty();
        assertThat(stores.logWatch.violations()).isEmpty();
        assertThat(stores.sessionWatch.accesses()).contains("create", "find", "update", "subscribers", "end");
        assertThat(stores.logWatch.accesses()).contains("append", "after", "forget");
    }

    private static RecordedReply post(LegacyRequests client, String... messages) {
        return client.post(
                QuotedJson.text("[" + String.join(",", messages) + "]").getBytes(UTF_8));
    }

    @Test
    void theMessagesOfABatchKeepTheirOrderAndLookTheSessionUpOnce() {
        var client = begin("2025-03-26");
        client.ask("ping", "{}").awaitEnd();
        stores.sessionWatch.clearAccesses();

        var reply = post(
                        client,
                        "{'jsonrpc':'2.0','id':1,'method':'logging/setLevel','params':{'level':'debug'}}",
                        "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'debug'}}")
                .awaitEnd();

        assertThat(reply.messages())
                .extracting(message -> message.text("method"))
                .contains("notifications/message");
        assertThat(stores.sessionWatch.accesses()).containsExactly("find", "update");
    }

    @Test
    void twoChangesThatMeetAreBothStored() {
        var client = LegacyRequests.begun(server, "2025-11-25", "{}");
        var updates = stores.sessionWatch.hold("update");
        var level = client.ask("logging/setLevel", "{'level':'debug'}");
        var subscription = client.ask("resources/subscribe", "{'uri':'a://b'}");
        Eventually.holds(() ->
                stores.sessionWatch.accesses().stream().filter("update"::equals).count() >= 3);
        updates.release();
        level.result();
        subscription.result();

        Eventually.holds(() -> stored(client.session()));
        var session = stores.sessions
                .sessions()
                .find(client.session(), ManualCallContext.unhurried())
                .orElseThrow();
        assertThat(session.logLevel()).isEqualTo("debug");
        assertThat(session.subscriptions()).containsExactly("a://b");
    }

    @Test
    void theEndOfASessionWhileAMessageLooksItUpIsNotLost() {
        var client = begin("2025-11-25");
        var lookups = stores.sessionWatch.hold("find");
        var call = client.call("wait");
        lookups.awaitReached();
        stores.sessions.sessions().end(client.session(), ManualCallContext.unhurried());
        lookups.release();

        assertThat(call.code()).isEqualTo(NO_SUCH_SESSION);
        assertThat(call.status()).isEqualTo(ReplyStatus.NO_SESSION);
    }

    @Test
    void aMessageHoldsItsMemoryWhileItsSessionIsLookedUp() {
        var client = begin("2025-11-25");
        var lease = new MemoryBudget(1_000, 1).account("192.0.2.1").lease();
        assertThat(lease.tryGrow(100)).isTrue();
        var lookups = stores.sessionWatch.hold("find");
        var reply = client.post(
                new RecordedReply(),
                lease,
                QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}").getBytes(UTF_8));
        lookups.awaitReached();
        reply.disconnect();
        lease.release();
        assertThat(lease.held()).isEqualTo(100);

        lookups.release();
        Eventually.holds(() -> lease.held() == 0);
    }

    @Test
    void aStreamWhoseClientIsGoneDoesNotReplaceTheNextOne() {
        var client = begin("2025-11-25");
        var lookups = stores.sessionWatch.hold("find");
        var gone = client.listen();
        lookups.awaitReached();
        gone.disconnect();
        lookups.release();
        var next = client.listen();
        Eventually.holds(() -> next.isStream());
        client.ask("ping", "{}").awaitEnd();
        server.add(SampleTools.saying("more", call -> ""));

        next.awaitMessages(1);
        assertThat(gone.status()).isNull();
    }

    @Test
    void aClientThatDisconnectsDoesNotWaitForAMessageThatIsBeingStored() {
        var client = begin("2025-11-25");
        var listening = client.listen();
        Eventually.holds(() -> listening.isStream());
        var appends = stores.logWatch.hold("append");
        server.add(SampleTools.saying("more", call -> ""));
        appends.awaitReached();

        listening.disconnect(); // on the thread of the test, which stands for an event loop
        server.add(SampleTools.saying("second", call -> ""));
        assertThat(listening.messages()).isEmpty();
        appends.release();
    }

    @Test
    void theTimerDoesNotWaitForAMessageThatIsBeingStored() {
        var client = begin("2025-11-25");
        var appends = stores.logWatch.hold("append");
        var call = client.call("wait");
        appends.awaitReached();

        executors.pass(Duration.ofMinutes(1)); // runs the timers on the thread of the test
        assertThat(call.ended()).isFalse();
        appends.release();
        assertThat(call.answer().object("result")).asString().contains("TIMEOUT");
    }

    @Test
    void aConnectionContinuesInOrderOnItsOwnThread() {
        var line = RawRequests.line(server);
        assertThat(LegacyRequests.initialize(line, "2025-11-25", "{}").ended()).isTrue();
        line.post(QuotedJson.text("{'jsonrpc':'2.0','method':'notifications/initialized'}"));
        var level = line.post(
                QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'logging/setLevel','params':{'level':'error'}}"));
        var call =
                line.post(QuotedJson.text("{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'inline'}}"));

        assertThat(List.of(level, call)).allMatch(RecordedReply::ended);
        assertThat(call.messages())
                .singleElement()
                .extracting(m -> m.has("result"))
                .isEqualTo(true);
        assertThat(stores.sessionWatch.accesses()).isEmpty();
    }

    @Test
    void aMessageIsRefusedWhenTheExecutorsAreFull() {
        var client = begin("2025-11-25");
        executors.fill();

        var reply = client.ask("ping", "{}");
        assertThat(reply.status()).isInstanceOf(ReplyStatus.Overloaded.class);
        assertThat(reply.error().get("code")).isEqualTo(Json.of(503));
        assertThat(LegacyRequests.initialize(RawRequests.http(server), "2025-11-25", "{}")
                        .status())
                .isInstanceOf(ReplyStatus.Overloaded.class);
    }

    @Test
    void aLookupThatIsUnderWayWhenTheServerClosesIsAnswered() {
        var client = begin("2025-11-25");
        var lookups = stores.sessionWatch.hold("find");
        var reply = client.ask("ping", "{}");
        lookups.awaitReached();
        var closing = CompletableFuture.runAsync(server::close);

        assertThat(reply.awaitEnd().status()).isInstanceOf(ReplyStatus.Overloaded.class);
        closing.join();
    }
}
