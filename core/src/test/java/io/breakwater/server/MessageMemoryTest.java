package io.breakwater.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.core.presentation.json.RequestId;
import io.breakwater.core.presentation.json.TreeWeight;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.core.presentation.protocol.WorkGate;
import io.breakwater.core.testkit.HostedTransport;
import io.breakwater.port.Json;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server and its transports count together: what a message weighs, and for how long. */
class MessageMemoryTest {
    private static final int WEIGHT = 20_000;

    private final MemoryBudget budget = new MemoryBudget(100L * WEIGHT, 1);
    private final WorkGate gate = new WorkGate();
    private final Breakwater server = Breakwater.named("t")
            .memory(new MemoryLimits(3_000_000, 0.5))
            .tool(SampleTools.saying("wait", call -> {
                gate.pass();
                return "done";
            }))
            .build();

    @AfterEach
    void close() {
        gate.open();
        server.close();
    }

    @Test
    void theEndpointTellsWhatAMessageWeighsOnceItIsParsed() {
        var message = ("[" + "{},".repeat(1_000) + "1]").getBytes(UTF_8);

        assertThat(server.host().endpoint().parsedWeight(message))
                .isEqualTo(TreeWeight.atMost(message))
                .isGreaterThan(50_000);
    }

    @Test
    void aTransportCountsInTheBudgetOfTheServer() {
        var transport = new HostedTransport();
        server.serve(transport);
        var memory = transport.host().memory();

        assertThat(memory.limit()).isEqualTo(3_000_000);
        assertThat(memory.share()).isEqualTo(1_500_000);
    }

    @Test
    void aModernCallKeepsTheMemoryOfItsMessageUntilItsWorkEnds() {
        var fields = Map.of("mcp-protocol-version", "2026-07-28", "mcp-method", "tools/call", "mcp-name", "wait");

        keepsItUntilTheWorkEnds(modern(1, "tools/call", "{'name':'wait'}"), fields);
    }

    @Test
    void aLegacyCallKeepsTheMemoryOfItsMessageUntilItsWorkEnds() {
        var opened = LegacyRequests.initialize(RawRequests.http(server), "2025-11-25", "{}")
                .awaitEnd();
        if (!(opened.status() instanceof ReplyStatus.Result(String session)) || session == null) {
            throw new AssertionError("no session: " + opened.status());
        }
        var call = MessageWriter.request(RequestId.of(1), "tools/call", QuotedJson.json("{'name':'wait'}"));

        keepsItUntilTheWorkEnds(call, Map.of("mcp-session-id", session));
    }

    private void keepsItUntilTheWorkEnds(byte[] message, Map<String, String> fields) {
        var lease = lease();
        send(message, fields, lease);
        gate.awaitEntered();
        lease.release(); // the transport has nothing more to do with it

        assertThat(budget.used()).isEqualTo(WEIGHT);
        gate.open();
        Eventually.holds(() -> budget.used() == 0);
    }

    @Test
    void anIdleStreamKeepsNothingOfItsRequest() {
        List<MemoryLease> leases = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            var lease = lease();
            leases.add(lease);
            assertThat(listen("\"" + i + "\"", lease).messages()).hasSize(1);
        }

        assertThat(budget.used()).isLessThan(50 * 20);
        leases.forEach(MemoryLease::release);
        assertThat(budget.used()).isZero();
    }

    @Test
    void anIdleStreamKeepsItsIdHoweverLongThatIs() {
        listen("\"" + "i".repeat(5_000) + "\"", lease());

        assertThat(budget.used()).isBetween(10_000L, 10_010L);
    }

    private RecordedReply listen(String id, MemoryLease lease) {
        var body = MessageWriter.request(
                new RequestId(id), "subscriptions/listen", params("{'notifications':{'toolsListChanged':true}}"));
        return send(body, Map.of("mcp-protocol-version", "2026-07-28", "mcp-method", "subscriptions/listen"), lease);
    }

    private static byte[] modern(long id, String method, String params) {
        return MessageWriter.request(RequestId.of(id), method, params(params));
    }

    private static Json.Obj params(String params) {
        var all = Json.object();
        QuotedJson.json(params).members().forEach(all::put);
        var meta = QuotedJson.json("{'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
                + "'io.modelcontextprotocol/clientCapabilities':{}}");
        return all.put("_meta", meta).build();
    }

    private RecordedReply send(byte[] message, Map<String, String> fields, MemoryLease lease) {
        var reply = new RecordedReply();
        HeaderFields all = name -> fields.entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        server.host()
                .endpoint()
                .message(
                        new IncomingMessage(
                                message,
                                all,
                                Authenticated.ANONYMOUS,
                                new RemotePeer("192.0.2.1"),
                                Channel.EXCHANGE,
                                lease),
                        reply);
        return reply;
    }

    /** As a transport has it when a message is complete. */
    private MemoryLease lease() {
        var lease = budget.account("192.0.2.1").lease();
        lease.tryGrow(WEIGHT);
        lease.countAsMessage(WEIGHT);
        return lease;
    }
}
