package io.breakwater.core.presentation.protocol.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.session.CapacityLimiter;
import io.breakwater.core.data.session.MemorySessions;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.core.presentation.protocol.common.SubscriptionLimits;
import io.breakwater.port.Json;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.Capacity;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.LogLevel;
import io.breakwater.server.mcp.McpException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a session that began with {@code initialize}. */
class SessionsTest {
    private static final Duration IDLE = Capacity.STANDARD.sessionIdle();

    private static final int NO_SUCH_SESSION = -32001;

    private final TimedExecutors executors = new TimedExecutors();
    private final WorkGate gate = new WorkGate();
    private final AtomicReference<Json.Obj> declared = new AtomicReference<>(Json.Obj.EMPTY);
    private final Breakwater server = plan().build();

    private BreakwaterBuilder plan() {
        return Breakwater.named("shop")
                .version("1.2.3")
                .instructions("Ask for orders.")
                .executors(executors)
                .tool(SampleTools.saying("wait", call -> {
                    gate.pass();
                    return "done";
                }))
                .tool(SampleTools.saying("capabilities", call -> {
                    declared.set(call.clientCapabilities());
                    return "done";
                }))
                .tool(SampleTools.saying("chatty", call -> {
                    call.log(LogLevel.INFO, "one");
                    gate.pass();
                    return "done";
                }));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply initialize(String params) {
        return RawRequests.http(server)
                .post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'initialize','params':" + params + "}"));
    }

    private static void assertGone(RecordedReply reply) {
        assertThat(reply.status()).isEqualTo(ReplyStatus.NO_SESSION);
        assertThat(reply.code()).isEqualTo(NO_SUCH_SESSION);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "1999-01-01, 2025-11-25"
    })
    void agreesOnTheRevisionAskedForOrTheNewest(String asked, String agreed) {
        var reply = LegacyRequests.initialize(RawRequests.http(server), asked, "{}");

        assertThat(reply.result().text("protocolVersion")).isEqualTo(agreed);
        assertThat(reply.result().object("serverInfo").text("name")).isEqualTo("shop");
        assertThat(reply.result().text("instructions")).isEqualTo("Ask for orders.");
        assertThat(reply.result().has("resultType")).isFalse();
    }

    @Test
    void namesTheSessionInVisibleAscii() {
        var one = LegacyRequests.begun(server).session();
        var two = LegacyRequests.begun(server).session();

        assertThat(one).hasSizeGreaterThan(30).matches("[\\x21-\\x7e]+").isNotEqualTo(two);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'protocolVersion':7,'capabilities':{}}",
                "{'protocolVersion':'2025-11-25'}",
                "{'protocolVersion':'2025-11-25','capabilities':[]}"
            })
    void doesNotBeginWithoutWhatItNeeds(String params) {
        var reply = initialize(params);

        assertThat(reply.code()).isEqualTo(McpException.INVALID_PARAMS);
        assertThat(reply.status()).isEqualTo(new ReplyStatus.Result(null));
    }

    @Test
    void keepsOfTheCapabilitiesWhatTheSpecificationNames() {
        var large = "x".repeat(10_000);
        var client = LegacyRequests.begun(
                server,
                "2025-11-25",
                "{'experimental':{'x':'" + large + "'},'" + large + "':{},"
                        + "'roots':{'listChanged':true,'" + large + "':1},"
                        + "'sampling':'" + large + "',"
                        + "'elicitation':{'form':{'x':'" + large + "'},'url':['" + large + "']},"
                        + "'extensions':{'" + large + "':{},'io.modelcontextprotocol/tasks':{}}}");

        client.call("capabilities").awaitEnd();

        assertThat(declared.get())
                .isEqualTo(QuotedJson.json(
                        "{'roots':{'listChanged':true},'sampling':{},'elicitation':{'form':{},'url':{}},"
                                + "'extensions':{'io.modelcontextprotocol/tasks':{}}}"));
    }

    @Test
    void servesAllClientsWithItsId() {
        var client = LegacyRequests.begun(server);

        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
        var tools = client.ask("tools/list", "{}").result();
        assertThat(tools.members()).containsOnlyKeys("tools");
    }

    @Test
    void withoutItsNameNothingIsServed() {
        var reply = RawRequests.http(server).post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}"));

        assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
        assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
        assertThat(reply.error().text("message")).contains("Mcp-Session-Id", "2026-07-28");
    }

    @Test
    @CoversOutage("sessions: process restarted")
    void anUnknownNameIsNoSession() {
        assertGone(RawRequests.http(server)
                .post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}"), "Mcp-Session-Id", "never-was"));
    }

    @Test
    void isGoneOnceItWasEnded() {
        var client = LegacyRequests.begun(server);
        var ended = client.end();
        assertThat(ended.status()).isEqualTo(ReplyStatus.ENDED);
        assertThat(ended.messages()).isEmpty();

        assertGone(client.ask("ping", "{}"));
        assertGone(client.tell("notifications/initialized", "{}"));
        assertGone(client.listen());
        assertGone(client.end());
    }

    @Test
    void itsEndEndsItsCallsAndStreams() {
        var client = LegacyRequests.begun(server);
        var general = client.listen();
        var call = client.call("wait");
        gate.awaitEntered();
        client.end();

        gate.awaitInterrupted();
        assertThat(call.awaitEnd().status()).isEqualTo(ReplyStatus.RESULT);
        assertThat(call.code()).isEqualTo(NO_SUCH_SESSION);
        assertThat(call.error().text("message")).contains("session ended");
        assertThat(general.ended()).isTrue();
    }

    @Test
    void itsEndIsToldOnTheStreamOfACall() {
        var client = LegacyRequests.begun(server);
        var call = client.call("chatty");
        call.awaitMessages(1);
        gate.awaitEntered();
        client.end();

        assertThat(call.code()).isEqualTo(NO_SUCH_SESSION);
        assertThat(call.messages()).hasSize(2);
    }

    @Test
    void isNamedOnce() {
        var id = LegacyRequests.begun(server).session();
        var raw = RawRequests.http(server);
        var ping = QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}");
        for (var second : new String[] {id, "another"}) {
            for (var reply : new RecordedReply[] {
                raw.post(ping, "Mcp-Session-Id", id, "Mcp-Session-Id", second),
                raw.get("Mcp-Session-Id", id, "Mcp-Session-Id", second),
                raw.delete("Mcp-Session-Id", id, "Mcp-Session-Id", second)
            }) {
                assertThat(reply.status()).isEqualTo(ReplyStatus.MALFORMED);
                assertThat(reply.code()).isEqualTo(McpException.INVALID_REQUEST);
                assertThat(reply.error().text("message")).contains("Mcp-Session-Id");
            }
        }
        assertThat(raw.post(ping, "Mcp-Session-Id", id).result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    void expiresWhenItIsIdle() {
        var client = LegacyRequests.begun(server);
        executors.pass(IDLE.minusMinutes(1));
        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);

        executors.pass(IDLE.plusMinutes(1));
        assertGone(client.ask("ping", "{}"));
    }

    @Test
    void staysWhileItsClientListens() {
        var client = LegacyRequests.begun(server);
        client.listen();
        executors.pass(IDLE.multipliedBy(3));

        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    @CoversOutage("sessions: memory full of sessions")
    void beyondTheBoundNoneBegins() {
        try (var small = Breakwater.named("t")
                .capacity(Capacity.STANDARD.withSessions(new Capacity.Limit(2, 2), IDLE))
                .build()) {
            var first = LegacyRequests.begun(small);
            LegacyRequests.begun(small);
            var third = LegacyRequests.initialize(RawRequests.http(small), "2025-11-25", "{}");
            assertThat(third.status()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(30)));
            assertThat(third.code()).isEqualTo(503);

            first.end();
            LegacyRequests.begun(small);
        }
    }

    @Test
    void errorsInsideItAreGoodAnswers() {
        var client = LegacyRequests.begun(server);
        for (var row : new String[] {
            "no/such~{}~-32601",
            "server/discover~{}~-32601",
            "subscriptions/listen~{}~-32601",
            "tools/call~{'name':'nobody'}~-32602",
            "tools/call~{'name':'wait','arguments':1}~-32602",
            "prompts/get~{'name':'nobody'}~-32602",
            "resources/read~{'uri':'no://where'}~-32002",
            "resources/subscribe~{}~-32602",
            "logging/setLevel~{'level':'loud'}~-32602",
            "tools/list~{'cursor':'forged'}~-32602",
        }) {
            var parts = row.split("~", -1);
            var reply = client.ask(parts[0], parts[1]).awaitEnd();
            assertThat(reply.code()).as(row).isEqualTo(Integer.parseInt(parts[2]));
            assertThat(reply.status()).as(row).isEqualTo(ReplyStatus.RESULT);
        }
    }

    @Test
    void aMissingResourceIsNamed() {
        var error = LegacyRequests.begun(server)
                .ask("resources/read", "{'uri':'no://where'}")
                .error();
        assertThat(error.object("data").text("uri")).isEqualTo("no://where");
    }

    @Test
    void limitsTheNumberOfSubscriptions() {
        var client = LegacyRequests.begun(server);
        for (int i = 0; i < SubscriptionLimits.MAX_ADDRESSES; i++) {
            client.ask("resources/subscribe", "{'uri':'a://" + i + "'}").result();
        }

        assertThat(client.ask("resources/subscribe", "{'uri':'a://more'}").code())
                .isEqualTo(McpException.INVALID_PARAMS);
        client.ask("resources/unsubscribe", "{'uri':'a://1'}").result();
        client.ask("resources/subscribe", "{'uri':'a://more'}").result();
    }

    @Test
    void subscriptionsOfAllSessionsShareOneLimit() {
        var kept = new MemorySessions(new CapacityLimiter(10, 10, 10_000), IDLE, executors::nanoTime);
        try (var small = plan().sessions(kept).build()) {
            var uri = "{'uri':'a://" + "b".repeat(4_000) + "'}";
            var first = LegacyRequests.begun(small);
            var second = LegacyRequests.begun(small);
            first.ask("resources/subscribe", uri).result();

            var refused = second.ask("resources/subscribe", uri);
            assertThat(refused.code()).isEqualTo(503);
            assertThat(refused.status()).isEqualTo(new ReplyStatus.Overloaded(Duration.ofSeconds(30)));
            assertThat(refused.error().text("message")).contains("unsubscribe");

            first.ask("resources/unsubscribe", uri).result();
            second.ask("resources/subscribe", uri).result();
        }
    }
}
