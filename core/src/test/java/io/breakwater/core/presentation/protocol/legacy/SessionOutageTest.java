package io.breakwater.core.presentation.protocol.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.BlockingStores;
import io.breakwater.core.presentation.protocol.LegacyRequests;
import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RawRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.TimedExecutors;
import io.breakwater.server.mcp.LogLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store of sessions or messages that is not available: every client gets an answer, and no memory is lost. */
class SessionOutageTest {
    private static final byte[] PING =
            QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}").getBytes(UTF_8);

    private final BlockingStores stores = new BlockingStores(new TimedExecutors());
    private final Breakwater server = stores.server()
            .tool(SampleTools.saying("talk", call -> {
                call.log(LogLevel.INFO, "one");
                return "done";
            }))
            .build();
    private final LegacyRequests client = LegacyRequests.begun(server, "2025-03-26", "{}");

    @AfterEach
    void close() {
        server.close();
    }

    private static void assertUnavailable(RecordedReply reply) {
        assertThat(reply.awaitEnd().status()).isEqualTo(new ReplyStatus.Overloaded(BlockingStores.RETRY));
        assertThat(reply.code()).isEqualTo(503);
        assertThat(reply.error().object("data").get("retryAfterMs"))
                .isEqualTo(Json.of(BlockingStores.RETRY.toMillis()));
    }

    @Test
    @CoversOutage("sessions: session store down")
    void everyMessageIsRefusedUntilTheStoreIsBack() {
        client.ask("ping", "{}").result();
        stores.sessionWatch.fail(BlockingStores.outage());

        assertUnavailable(LegacyRequests.initialize(RawRequests.http(server), "2025-11-25", "{}"));
        assertUnavailable(client.ask("ping", "{}"));
        assertUnavailable(client.call("talk"));
        assertUnavailable(client.tell("notifications/initialized", "{}"));
        assertUnavailable(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}".getBytes(UTF_8)));
        assertUnavailable(client.post(("[" + new String(PING, UTF_8) + "]").getBytes(UTF_8)));
        assertUnavailable(client.listen());
        assertUnavailable(client.end());

        stores.sessionWatch.fail(null);
        assertThat(client.ask("ping", "{}").result()).isEqualTo(Json.Obj.EMPTY);
    }

    @Test
    @CoversOutage("sessions: session store down")
    void aChangeThatCannotBeStoredIsRefused() {
        client.ask("ping", "{}").result();
        var updates = stores.sessionWatch.hold("update");
        var reply = client.ask("logging/setLevel", "{'level':'debug'}");
        updates.awaitReached();
        stores.sessionWatch.fail(BlockingStores.outage());
        updates.release();

        assertUnavailable(reply);
    }

    @Test
    void theMemoryOfARefusedMessageIsReleased() {
        var lease = new MemoryBudget(1_000, 1).account("192.0.2.1").lease();
        assertThat(lease.tryGrow(100)).isTrue();
        stores.sessionWatch.fail(BlockingStores.outage());

        assertUnavailable(client.post(new RecordedReply(), lease, PING));
        lease.release();
        Eventually.holds(() -> lease.held() == 0);
    }

    @Test
    void aFaultOfTheStoreIsAnInternalError() {
        var faulty = new BlockingStores(new TimedExecutors());
        try (var other =
                faulty.server().sessions(new FaultySessions(faulty.sessions)).build()) {
            var raw = RawRequests.http(other);
            var reply = raw.post(PING, "Mcp-Session-Id", "any");

            assertThat(reply.code()).isEqualTo(-32603);
            assertThat(raw.delete("Mcp-Session-Id", "any").code()).isEqualTo(-32603);
        }
    }

    @Test
    @CoversOutage("resumable streams: session store down")
    void aStreamContinuesWhileItsMessagesCannotBeStored() {
        stores.logWatch.fail(BlockingStores.outage());
        var reply = client.call("talk").awaitEnd();

        assertThat(reply.messages()).hasSize(2).last().asString().contains("done");
        assertThat(reply.events()).extracting(event -> event.id()).containsOnlyNulls();
    }

    @Test
    void theStandaloneStreamContinuesWhileItsMessagesCannotBeStored() {
        var listening = client.listen();
        Eventually.holds(() -> listening.isStream());
        stores.logWatch.fail(BlockingStores.outage());
        server.add(SampleTools.saying("more", call -> ""));
        listening.awaitMessages(1);
        stores.logWatch.fail(null);
        server.add(SampleTools.saying("second", call -> ""));
        listening.awaitMessages(2);

        assertThat(listening.events().stream().map(event -> event.id()).toList())
                .isEqualTo(Arrays.asList(null, "general:1"));
    }

    @Test
    @CoversOutage("resumable streams: session store down")
    void aStreamCannotBeResumedWhileItsMessagesCannotBeRead() {
        var events = client.call("talk").awaitEnd().events();
        var first = Objects.requireNonNull(events.getFirst().id());
        stores.logWatch.fail(BlockingStores.outage());

        for (var event : List.of(first, "general:0")) {
            assertUnavailable(client.resume(event));
        }
        stores.logWatch.fail(null);
        assertThat(client.resume(first).awaitEnd().messages()).hasSize(1);
    }
}
