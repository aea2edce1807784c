package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.ToolCall;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tool that makes calls of other tools needs what each of these calls needs, before anything runs. */
class CallsOfToolsTest {
    private static final Principal ANN = Principal.of("ann");
    private static final AccessRule BATCHES = AccessRule.allow("batches").onTools("batch*");

    private final AtomicReference<Principal> caller = new AtomicReference<>(ANN);
    private final AtomicInteger runs = new AtomicInteger();
    private final Breakwater server = Breakwater.named("t")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .tool(SampleTools.draft("save").input(Item.class).handler((item, call) -> run()))
            .tool(SampleTools.draft("erase")
                    .requiresScope("items:erase")
                    .input(Item.class)
                    .handler((item, call) -> run()))
            .tool(SampleTools.draft("batch")
                    .input(Batch.class)
                    .callsTools(batch -> batch.items().stream()
                            .map(item -> new ToolCall(
                                    item.tool(),
                                    Json.object().put("id", item.id()).build()))
                            .toList())
                    .handler((batch, call) -> run()))
            .tool(SampleTools.draft("batch_of_batches")
                    .input(Batch.class)
                    .callsTools(batch -> List.of(new ToolCall(
                            "batch",
                            QuotedJson.json("{'items':[{'tool':'"
                                    + batch.items().getFirst().tool() + "','id':'x'}]}"))))
                    .handler((batch, call) -> run()))
            .tool(SampleTools.draft("batch_of_itself")
                    .callsTools(arguments -> List.of(new ToolCall("batch_of_itself", Json.Obj.EMPTY)))
                    .handler((arguments, call) -> run()))
            .build();
    private final ModernRequests modern = ModernRequests.http(server, "{}");

    record Item(String id) {}

    record Part(String tool, String id) {}

    record Batch(List<Part> items) {}

    private ToolResult run() {
        runs.incrementAndGet();
        return ToolResult.text("done");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RecordedReply batch(String items) {
        return modern.ask("tools/call", "{'name':'batch','arguments':{'items':[" + items + "]}}")
                .awaitEnd();
    }

    private static String item(String tool, String id) {
        return "{'tool':'" + tool + "','id':'" + id + "'}";
    }

    @Test
    void aBatchRunsIfTheCallerMayMakeEachCall() {
        server.accessRules(AccessRules.of(BATCHES, AccessRule.allow("save").onTools("save")));

        assertThat(batch(item("save", "1") + "," + item("save", "2")).answer().has("result"))
                .isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void oneDeniedCallRefusesTheWholeBatchAsTheCallWould() {
        server.accessRules(AccessRules.of(BATCHES, AccessRule.allow("save").onTools("save")));

        var refused = batch(item("save", "1") + "," + item("erase", "2")).error();
        var unknown = batch(item("nothing", "1")).error();

        assertThat(refused.text("message")).isEqualTo("Unknown tool: erase");
        assertThat(unknown.text("message")).isEqualTo("Unknown tool: nothing");
        assertThat(server.refusedAccess(String.valueOf(refused.object("data").text("requestId"))))
                .hasValueSatisfying(
                        access -> assertThat(access.decision().rule()).isEqualTo("no rule allows it"));
        assertThat(runs).hasValue(0);
    }

    @Test
    void conditionsOnArgumentsCountForEachCall() {
        server.accessRules(AccessRules.of(
                BATCHES,
                AccessRule.allow("save").onTools("save"),
                AccessRule.deny("not 7").onTools("save").whenArgumentIs("/id", "7")));

        assertThat(batch(item("save", "6")).answer().has("result")).isTrue();
        assertThat(batch(item("save", "6") + "," + item("save", "7")).error().text("message"))
                .isEqualTo("The access rules do not allow these arguments for tool save in call 1 (from 0) of batch");
        assertThat(runs).hasValue(1);
    }

    @Test
    void theScopesAreThoseOfTheBatchAndOfAllCalls() {
        caller.set(ANN.withScopes(Set.of("batch:run")));
        server.accessRules(AccessRules.of(
                AccessRule.allow("batches").onTools("batch*").forScopes("batch:run"),
                AccessRule.allow("save").onTools("save", "erase").forScopes("items:save")));

        var reply = batch(item("save", "1") + "," + item("erase", "2"));

        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.status())
                .isInstanceOfSatisfying(
                        ReplyStatus.Forbidden.class,
                        forbidden -> assertThat(forbidden.challenge())
                                .contains("scope=\"batch:run items:erase items:save\""));
        assertThat(runs).hasValue(0);

        caller.set(ANN.withScopes(Set.of("batch:run", "items:erase", "items:save")));
        assertThat(batch(item("save", "1") + "," + item("erase", "2")).answer().has("result"))
                .isTrue();
    }

    @Test
    void callsThatACallMakesInTurnCountToo() {
        server.accessRules(AccessRules.of(BATCHES));

        var refused = modern.ask(
                        "tools/call", "{'name':'batch_of_batches','arguments':{'items':[" + item("save", "1") + "]}}")
                .error();
        var endless = modern.call("batch_of_itself").error();

        assertThat(refused.text("message")).isEqualTo("Unknown tool: save");
        assertThat(endless.text("message")).isEqualTo("Internal error");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aListShowsABatchThatIsAllowedAndInvalidArgumentsOfItAreNamed() {
        server.accessRules(AccessRules.of(BATCHES));

        assertThat(modern.ask("tools/list", "{}").result().toString()).contains("\"batch\"");
        assertThat(batch("{'tool':7}").result().toString()).contains("INVALID_PARAMS");
        assertThat(modern.ask("tools/call", "{'name':'batch','arguments':[]}")
                        .error()
                        .text("message"))
                .isEqualTo("\"arguments\" must be an object");
    }

    @Test
    void anExplanationCountsTheCallsToo() {
        server.accessRules(AccessRules.of(BATCHES));
        var arguments = QuotedJson.json("{'items':[" + item("save", "1") + "]}");

        assertThat(server.explainAccess(ANN, TargetKind.TOOL, "batch", arguments)
                        .decision()
                        .rule())
                .isEqualTo("no rule allows it");
        assertThat(server.explainAccess(ANN, TargetKind.TOOL, "batch", null)
                        .decision()
                        .rule())
                .isEqualTo("rule \"batches\"");
    }
}
