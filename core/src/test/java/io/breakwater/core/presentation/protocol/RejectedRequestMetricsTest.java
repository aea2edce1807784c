package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.server.Breakwater;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metrics count requests that are rejected before they become calls, under names of the catalog only. */
class RejectedRequestMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Breakwater server = Breakwater.named("t")
            .meterRegistry(registry)
            .tool(SampleTools.saying("quick", call -> "done"))
            .build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    @AfterEach
    void close() {
        server.close();
    }

    private double requests(String method, String tool, String status) {
        var found = registry.find("mcp_requests_total")
                .tags("method", method, "tool", tool, "status", status)
                .functionCounter();
        return found == null ? 0 : found.count();
    }

    @Test
    void countsCallsOfUnknownTools() {
        modern.call("evil\n").awaitEnd();
        modern.call("worse").awaitEnd();

        assertThat(requests("tools/call", "unknown", "invalid_params")).isEqualTo(2);
    }

    @Test
    void countsUnknownMethods() {
        modern.ask("evil/method", "{}").awaitEnd();
        LegacyRequests.begun(server).ask("evil/other", "{}").awaitEnd();

        assertThat(requests("unknown", "none", "not_found")).isEqualTo(2);
    }

    @Test
    void countsMalformedMessages() {
        RawRequests.http(server).post("garbage");
        RawRequests.http(server).post("[]");
        RawRequests.http(server)
                .post(QuotedJson.text("{'jsonrpc':'2.0','id':1,'method':'ping'}"), "MCP-Protocol-Version", "1999");

        assertThat(requests("unknown", "none", "invalid_params")).isEqualTo(2);
        assertThat(requests("ping", "none", "invalid_params")).isEqualTo(1);
    }

    @Test
    void countsHeaderFieldMismatchesForTheTool() {
        var body = "{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{'name':'quick','_meta':{"
                + "'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
                + "'io.modelcontextprotocol/clientCapabilities':{}}}}";
        RawRequests.http(server)
                .post(QuotedJson.text(body), "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list");

        assertThat(requests("tools/call", "quick", "invalid_params")).isEqualTo(1);
    }

    @Test
    void countsUnknownSessions() {
        var raw = RawRequests.http(server);
        raw.get("Mcp-Session-Id", "none");
        raw.delete("Mcp-Session-Id", "none");
        raw.post(QuotedJson.text("{'jsonrpc':'2.0','method':'notifications/initialized'}"), "Mcp-Session-Id", "none");

        assertThat(requests("unknown", "none", "invalid_params")).isEqualTo(3);
    }

    @Test
    void doesNotAffectTheDurationsOfCalls() {
        modern.call("quick").awaitEnd();
        RawRequests.http(server).post("garbage");

        assertThat(registry.get("mcp_request_duration_seconds").timers())
                .allSatisfy(timer -> assertThat(timer.count())
                        .isEqualTo("quick".equals(timer.getId().getTag("tool")) ? 1 : 0));
        assertThat(registry.get("mcp_errors_total").functionCounters())
                .extracting(FunctionCounter::count)
                .containsExactly(1.0);
    }
}
