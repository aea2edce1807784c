package io.breakwater.core.presentation.interceptor;

import static io.breakwater.core.presentation.interceptor.LimitedServers.HOME;
import static io.breakwater.core.presentation.interceptor.LimitedServers.TWO;
import static io.breakwater.core.presentation.interceptor.LimitedServers.admitted;
import static io.breakwater.core.presentation.interceptor.LimitedServers.isLimited;
import static io.breakwater.core.presentation.interceptor.LimitedServers.perSecond;
import static io.breakwater.core.presentation.interceptor.LimitedServers.perTool;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.RecordedReply;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.server.BreakwaterBuilder;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.RateLimitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call that makes calls of other tools takes the tokens of all of them. */
class BatchRateLimitTest {
    record Batch(int echoes, int others) {}

    private final LimitedServers servers = new LimitedServers();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void aBatchTakesTheTokensOfAllItsItems() {
        var ten = perSecond(10);
        var caller = ModernRequests.from(servers.start(withBatch(perTool(ten).withPrincipal(ten))), HOME);

        assertThat(isLimited(batch(caller, 12, 3))).isFalse(); // 16 calls with the batch itself

        assertThat(caller.call("echo").error().object("data").get("retryAfterMs"))
                .isEqualTo(Json.of(7_000));
        servers.executors.pass(Duration.ofMillis(6_999));
        assertThat(isLimited(caller.call("other"))).isTrue();
        servers.executors.pass(Duration.ofMillis(1));
        assertThat(isLimited(caller.call("other"))).isFalse();
    }

    @Test
    void aBatchThatIsRefusedTakesNothing() {
        var caller = ModernRequests.from(servers.start(withBatch(perTool(TWO))), HOME);
        admitted(caller, 2);

        assertThat(isLimited(batch(caller, 1, 30))).isTrue();

        assertThat(isLimited(caller.call("other"))).isFalse();
        assertThat(isLimited(caller.call("other"))).isFalse();
    }

    @Test
    void aBatchThatIsNeverAdmittedIsAnErrorOfTheCaller() {
        var caller = ModernRequests.from(servers.start(withBatch(perTool(TWO))), HOME);

        assertThat(isLimited(batch(caller, 52, 0))).isFalse();
        assertThat(batch(caller, 53, 0).error().text("message"))
                .isEqualTo(
                        "This call makes 53 calls, and the rate limits admit at most 52 at once. Divide it into smaller"
                                + " ones.");
    }

    private BreakwaterBuilder withBatch(RateLimitSettings settings) {
        return servers.builder(settings)
                .tool(SampleTools.draft("batch")
                        .input(Batch.class)
                        .callsTools(BatchRateLimitTest::calls)
                        .handler((batch, call) -> ToolResult.text("done")));
    }

    private static List<ToolCall> calls(Batch batch) {
        var calls = new ArrayList<ToolCall>();
        calls.addAll(Collections.nCopies(batch.echoes(), new ToolCall("echo", Json.Obj.EMPTY)));
        calls.addAll(Collections.nCopies(batch.others(), new ToolCall("other", Json.Obj.EMPTY)));
        return calls;
    }

    private static RecordedReply batch(ModernRequests caller, int echoes, int others) {
        var params = "{'name':'batch','arguments':{'echoes':" + echoes + ",'others':" + others + "}}";
        return caller.ask("tools/call", params);
    }
}
