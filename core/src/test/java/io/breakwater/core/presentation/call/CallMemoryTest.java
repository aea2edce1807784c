package io.breakwater.core.presentation.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.QuotedJson;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Channel;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.driving.MemoryLease;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.sample.logging.CapturedLog;
import io.breakwater.server.Breakwater;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.mcp.Call;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a call reserves is taken from the lease of its message, in both eras. */
class CallMemoryTest {
    private static final String MODERN =
            "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'reserve','_meta':{"
                    + "'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':{}}}}";
    private static final String INITIALIZE = "{'jsonrpc':'2.0','id':1,'method':'initialize','params':{"
            + "'protocolVersion':'2025-11-25','capabilities':{},'clientInfo':{'name':'c','version':'1'}}}";
    private static final String LEGACY =
            "{'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'reserve','arguments':{}}}";

    private final ManualExecutors executors = new ManualExecutors();
    private final MemoryBudget budget = new MemoryBudget(1_000, 0.5);
    private final MemoryLease lease = budget.account("192.0.2.1").lease();
    private final Channel connection = new Channel.Connection();
    private long bytes = 400;
    private long held;
    private final Breakwater server = Breakwater.named("t")
            .executors(executors)
            .tool(SampleTools.saying("reserve", this::reserve))
            .tool(SampleTools.saying("fail", this::fail))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private String reserve(Call call) {
        var room = call.context().reserve(bytes);
        held = lease.held();
        return room.name();
    }

    private String fail(Call call) {
        var first = call.context().reserve(bytes);
        var second = call.context().reserve(bytes - 1);
        throw new PortException.RefusedException(Reason.OVERLOADED, first + " " + second, null);
    }

    private String response(String message) {
        var reply = new RecordedReply();
        var body = QuotedJson.text(message).getBytes(StandardCharsets.UTF_8);
        server.host()
                .endpoint()
                .message(
                        new IncomingMessage(
                                body,
                                HeaderFields.NONE,
                                Authenticated.ANONYMOUS,
                                new RemotePeer("192.0.2.1"),
                                connection,
                                lease),
                        reply);
        executors.runAll();
        return String.valueOf(reply.result());
    }

    @Test
    void isTakenFromTheLeaseUntilNoThreadWorksForTheCall() {
        assertThat(response(MODERN)).contains("RESERVED");

        assertThat(held).isEqualTo(400);
        assertThat(lease.held()).isZero();
    }

    @Test
    void isTakenFromTheLeaseInLegacyCallsToo() {
        response(INITIALIZE);

        assertThat(response(LEGACY)).contains("RESERVED");

        assertThat(held).isEqualTo(400);
        assertThat(lease.held()).isZero();
    }

    @Test
    void rejectsACallWhileOthersHoldTheMemory() {
        budget.account("192.0.2.2").lease().grow(700);

        assertThat(response(MODERN)).contains("NONE_NOW");
        assertThat(held).isZero();
    }

    @Test
    void aCallWithoutMemoryIsCountedOnceAndIsNoWarningOfItsOwn() {
        budget.account("192.0.2.2").lease().grow(700);
        try (var log = CapturedLog.ofWarnings("io.breakwater")) {
            for (int call = 0; call < 3; call++) {
                assertThat(response(MODERN.replace("'reserve'", "'fail'"))).contains("OVERLOADED");
            }

            assertThat(budget.refusals()).isEqualTo(3);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aCallThatIsOverloadedForAnotherReasonIsAWarning() {
        try (var log = CapturedLog.ofWarnings("io.breakwater.request")) {
            assertThat(response(MODERN.replace("'reserve'", "'fail'"))).contains("OVERLOADED");

            assertThat(budget.refusals()).isZero();
            assertThat(log.lines()).containsExactly("WARN tools/call fail overloaded");
        }
    }

    @Test
    void rejectsACallAboveTheShareOfItsCaller() {
        bytes = 501;

        assertThat(response(MODERN)).contains("NEVER");
    }

    @Test
    void whatTheMessageHoldsCountsForThat() {
        lease.grow(200);

        assertThat(response(MODERN)).contains("NEVER");
        assertThat(lease.held()).isEqualTo(200);
    }
}
