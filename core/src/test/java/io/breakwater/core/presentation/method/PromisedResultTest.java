package io.breakwater.core.presentation.method;

import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.core.presentation.protocol.SampleTools;
import io.breakwater.port.Json;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.CacheStatus;
import io.breakwater.server.mcp.ToolResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tool whose output schema was written by hand keeps its promise, or the call fails. */
class PromisedResultTest {
    private static final Json.Obj SCHEMA =
            json("{'type':'object','properties':{'n':{'type':'integer'}},'required':['n']}");

    private record Kept(CacheStatus kept) {}

    private final Breakwater server = Breakwater.named("t")
            .tool(SampleTools.draft("kept").output(SCHEMA).handler((arguments, call) -> json("{'n':1}")))
            .tool(SampleTools.draft("broken").output(SCHEMA).handler((arguments, call) -> json("{'n':'secret'}")))
            .tool(SampleTools.draft("silent")
                    .output(SCHEMA, ToolResult.class)
                    .handler((arguments, call) -> ToolResult.text("n is 1")))
            .tool(SampleTools.draft("failed")
                    .output(SCHEMA, ToolResult.class)
                    .handler((arguments, call) -> ToolResult.error("no n today")))
            .tool(SampleTools.draft("stamped")
                    .output(SCHEMA)
                    .resultDecorator(Kept.class, Kept::new)
                    .handler((arguments, call) -> json("{'n':2}")))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private Json.Obj result(String tool) {
        return ModernRequests.http(server, "{}").call(tool).awaitEnd().result();
    }

    @Test
    void passesWhenItIsKept() {
        assertThat(result("kept").get("structuredContent")).isEqualTo(json("{'n':1}"));
        assertThat(result("stamped").object("structuredContent").get("n")).isEqualTo(Json.of(2));
    }

    @Test
    void isAFaultOfOursWhenItIsBroken() {
        assertThat(result("broken").toString()).contains("INTERNAL_ERROR").doesNotContain("secret");
        assertThat(result("silent").toString()).contains("INTERNAL_ERROR").doesNotContain("n is 1");
    }

    @Test
    void bindsNoToolThatFailed() {
        assertThat(result("failed").toString()).contains("no n today");
    }
}
