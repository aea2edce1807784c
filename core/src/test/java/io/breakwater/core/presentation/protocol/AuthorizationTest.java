package io.breakwater.core.presentation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.json.MessageWriter;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.Authentication.Authenticated;
import io.breakwater.port.driving.Authenticator;
import io.breakwater.port.driving.ReplyStatus;
import io.breakwater.server.Breakwater;
import io.breakwater.server.annotation.McpTool;
import io.breakwater.server.annotation.ToolMethods;
import io.breakwater.server.mcp.McpException;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.TaskSupport;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One decision for lists and calls, in both eras. */
class AuthorizationTest {
    private static final Principal USER = Principal.of("ann").withScopes(Set.of("profile"));
    private static final Principal ADMIN = USER.withRoles(Set.of("admin"));
    private static final Principal WRITER = USER.withScopes(Set.of("profile", "orders:write"));
    private static final String METADATA = "https://example.org/.well-known/oauth-protected-resource";
    private static final String TASKS = "{'extensions':{'io.modelcontextprotocol/tasks':{}}}";

    private final AtomicReference<Principal> caller = new AtomicReference<>(USER);
    private final AtomicInteger runs = new AtomicInteger();
    private final Breakwater server = Breakwater.named("t")
            .authenticator(Authenticator.of((fields, peer) -> new Authenticated(caller.get())))
            .resourceMetadata(METADATA)
            .tool(tool("open").handler((args, call) -> ToolResult.text("open")))
            .tool(tool("admin_only").requiresRole("admin", "root").handler((args, call) -> ToolResult.text("admin")))
            .tool(tool("admin_task")
                    .requiresRole("admin")
                    .asTask(TaskSupport.REQUIRED)
                    .handler((args, call) -> ToolResult.text("task")))
            .tool(tool("write").requiresScope("orders:write", "audit").handler((args, call) -> ToolResult.text("w")))
            .resource(Resource.of("order://open")
                    .cacheForAll(Duration.ofMinutes(1))
                    .text(() -> "open"))
            .resource(Resource.of("order://admin").requiresRole("admin").text(() -> "admin"))
            .resource(Resource.of("order://scoped").requiresScope("orders:read").text(() -> "scoped"))
            .resource(ResourceTemplate.of("file:///{name}")
                    .completion("name", (typed, others, call) -> List.of("x"))
                    .reader((uri, variables, call) -> List.of(
                            new ResourceContents.Text(uri, "text/plain", String.valueOf(variables.get("name"))))))
            .prompt(Prompt.named("greet")
                    .description("Greets.")
                    .requiresRole("admin")
                    .argument(new Prompt.Argument("who", "", false, (typed, others, call) -> List.of("you")))
                    .handler((arguments, call) -> List.of(Prompt.Message.user("hi"))))
            .build();
    private final ModernRequests modern = ModernRequests.http(server, TASKS);

    private static Tool.Builder<Json.Obj, ToolResult> tool(String name) {
        return SampleTools.draft(name);
    }

    /** A handler of an application. */
    static final class Methods {
        @McpTool(description = "Annotated.", requiresRole = "admin", requiresScope = "audit")
        String annotated() {
            return "annotated";
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static List<String> names(Json.Obj result, String member, String name) {
        return QuotedJson.items(result, member).stream()
                .map(item -> String.valueOf(((Json.Obj) item).text(name)))
                .toList();
    }

    private List<String> tools(Principal principal) {
        caller.set(principal);
        return names(modern.ask("tools/list", "{}").result(), "tools", "name");
    }

    // without what differs from request to request
    private static String withoutIds(Json.Obj error, String name) {
        assertThat(error.object("data").text("requestId")).isNotBlank();
        return error.toString().replaceAll("\"requestId\":\"[^\"]*\"", "").replace(name, "NAME");
    }

    @Test
    void aListHasWhatTheCallerMayUseOrCouldUseWithFurtherScopes() {
        assertThat(tools(USER)).containsExactly("open", "write");
        assertThat(tools(ADMIN)).containsExactly("open", "admin_only", "admin_task", "write");

        caller.set(USER);
        var legacy = LegacyRequests.begun(server);
        assertThat(names(legacy.ask("tools/list", "{}").result(), "tools", "name"))
                .containsExactly("open", "write");
        assertThat(names(modern.ask("resources/list", "{}").result(), "resources", "uri"))
                .containsExactly("order://open", "order://scoped");
        assertThat(names(modern.ask("prompts/list", "{}").result(), "prompts", "name"))
                .isEmpty();
    }

    @Test
    void aListThatDependsOnTheCallerIsPrivate() {
        assertThat(modern.ask("tools/list", "{}").result().text("cacheScope")).isEqualTo("private");
        assertThat(modern.ask("resources/templates/list", "{}").result().text("cacheScope"))
                .isEqualTo("public");
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*").onResources("*").onPrompts("*")));
        assertThat(modern.ask("resources/templates/list", "{}").result().text("cacheScope"))
                .isEqualTo("private");
        assertThat(modern.ask("resources/read", "{'uri':'order://open'}")
                        .result()
                        .text("cacheScope"))
                .isEqualTo("private");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call | admin_only | nothing | {'name':'NAME'}",
                "tools/call | admin_task | nothing | {'name':'NAME'}",
                "prompts/get | greet | other | {'name':'NAME'}",
                "resources/read | order://admin | order://nothing | {'uri':'NAME'}",
                "completion/complete | greet | other | "
                        + "{'ref':{'type':'ref/prompt','name':'NAME'},'argument':{'name':'who','value':''}}",
            })
    void whatTheRoleDeniesIsLikeUnknownInBothEras(String method, String denied, String unknown, String params) {
        var plain = ModernRequests.http(server, "{}"); // cannot handle tasks, which must not show either
        var legacy = LegacyRequests.begun(server);
        var one = plain.ask(method, params.replace("NAME", denied));
        var other = plain.ask(method, params.replace("NAME", unknown));
        assertThat(withoutIds(one.error(), denied)).isEqualTo(withoutIds(other.error(), unknown));
        assertThat(one.status()).isEqualTo(other.status());

        var third = legacy.ask(method, params.replace("NAME", denied));
        var fourth = legacy.ask(method, params.replace("NAME", unknown));
        assertThat(withoutIds(third.error(), denied)).isEqualTo(withoutIds(fourth.error(), unknown));
        assertThat(third.status()).isEqualTo(fourth.status());

        caller.set(ADMIN);
        assertThat(ModernRequests.http(server, TASKS)
                        .ask(method, params.replace("NAME", denied))
                        .answer()
                        .has("result"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tools/call | {'name':'write'} | audit orders:write",
                "resources/read | {'uri':'order://scoped'} | orders:read",
                "subscriptions/listen | {'notifications':{'resourceSubscriptions':['order://scoped']}} | orders:read",
            })
    void missingScopesAre403BeforeAnythingRuns(String method, String params, String scopes) {
        var reply = modern.ask(method, params).awaitEnd();

        assertThat(reply.isStream()).isFalse();
        assertThat(reply.status()).isEqualTo(insufficientScope(scopes));
        assertThat(reply.code()).isEqualTo(403);
    }

    @Test
    void theErrorNamesTheTargetAndWhatHoldersOfTokensAndKeysCanDo() {
        assertThat(modern.call("write").awaitEnd().error().text("message"))
                .startsWith("Insufficient scope: tools/call write requires the scopes: audit orders:write. Retry with a"
                        + " token that has them; an API key gets its scopes from the operator of the server."
                        + " Request id: ");
    }

    private static ReplyStatus insufficientScope(String scopes) {
        return new ReplyStatus.Forbidden("Bearer error=\"insufficient_scope\","
                + " error_description=\"The operation requires more scopes\","
                + " resource_metadata=\"" + METADATA + "\", scope=\"" + scopes + "\"");
    }

    @Test
    void theChallengeNamesAllScopesOfTheOperationAlsoThoseThatTheCallerHas() {
        caller.set(WRITER);

        assertThat(modern.call("write").awaitEnd().status()).isEqualTo(insufficientScope("audit orders:write"));
    }

    @Test
    void aLegacyClientLearnsTheScopesThatItHasToo() {
        caller.set(WRITER);
        var legacy = LegacyRequests.begun(server);

        var call = legacy.ask("tools/call", "{'name':'write','_meta':{'progressToken':1}}")
                .awaitEnd();
        var subscription =
                legacy.ask("resources/subscribe", "{'uri':'order://scoped'}").awaitEnd();

        assertThat(call.isStream()).isFalse();
        assertThat(call.status()).isEqualTo(insufficientScope("audit orders:write profile"));
        assertThat(subscription.isStream()).isFalse();
        assertThat(subscription.status()).isEqualTo(insufficientScope("orders:read orders:write profile"));
    }

    @Test
    void anAnonymousCallerIsAskedToSignIn() {
        caller.set(Principal.ANONYMOUS);

        assertThat(modern.call("write").awaitEnd().status())
                .isEqualTo(new ReplyStatus.Unauthenticated(
                        "Bearer resource_metadata=\"" + METADATA + "\", scope=\"audit orders:write\""));
    }

    @Test
    void theHeaderIsComparedBeforeTheScopes() {
        var raw = RawRequests.http(server);
        var body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"write\",\"_meta\":"
                + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}";

        var reply =
                raw.post(body, "MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "other");

        assertThat(reply.awaitEnd().status()).isEqualTo(ReplyStatus.MALFORMED);
    }

    @Test
    void newRulesCountAtOnceAndClientsAreNotified() {
        var stream = modern.ask("subscriptions/listen", "{'notifications':{'toolsListChanged':true}}");
        stream.awaitMessages(1);

        server.accessRules(AccessRules.of(AccessRule.allow("some").onTools("admin_*")));

        assertThat(stream.awaitMessages(2).get(1).text("method")).isEqualTo("notifications/tools/list_changed");
        assertThat(tools(USER)).isEmpty();
        assertThat(tools(ADMIN)).containsExactly("admin_only", "admin_task");
        assertThat(modern.call("open").error().text("message")).isEqualTo("Unknown tool: open");

        server.accessRules(AccessRules.NONE);
        assertThat(tools(USER)).containsExactly("open", "write");
        assertThat(modern.call("open").answer().has("result")).isTrue();
    }

    @Test
    void anEncodedCharacterDoesNotEvadeAPattern() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("files").onResources("file:///*"),
                AccessRule.deny("secrets").onResources("file:///secret*", "file:///*/x")));

        assertThat(modern.ask("resources/read", "{'uri':'file:///public'}")
                        .answer()
                        .has("result"))
                .isTrue();
        for (var uri : List.of("file:///secret", "file:///%73ecret", "file:///sec%72et1", "file:///a%2Fx")) {
            assertThat(modern.ask("resources/read", "{'uri':'" + uri + "'}")
                            .error()
                            .text("message"))
                    .as(uri)
                    .isEqualTo("Resource not found");
        }
    }

    @Test
    void anUpdateReachesOnlyThoseWhoMayReadTheResource() {
        caller.set(ADMIN);
        var legacy = LegacyRequests.begun(server);
        legacy.ask("resources/subscribe", "{'uri':'order://admin'}").awaitEnd();
        var legacyStream = legacy.listen();
        var filter = "{'notifications':{'resourceSubscriptions':['order://admin','order://open']}}";
        var allowed = modern.ask("subscriptions/listen", filter);
        caller.set(USER);
        var denied = modern.ask("subscriptions/listen", filter);
        allowed.awaitMessages(1);
        denied.awaitMessages(1);

        server.resourceUpdated("order://admin");
        server.resourceUpdated("order://open");

        assertThat(allowed.awaitMessages(3)).hasSize(3);
        assertThat(denied.awaitMessages(2)).hasSize(2);
        assertThat(denied.messages().toString()).doesNotContain("\"uri\":\"order://admin\"");
        assertThat(legacyStream.awaitMessages(1).toString()).contains("order://admin");
    }

    @Test
    void aChangeOfAListReachesOnlyThoseWhoSeeTheItem() {
        var allowed = streams(ADMIN);
        var denied = streams(USER);

        server.add(tool("secret").requiresRole("admin").handler((args, call) -> ToolResult.text("s")));
        server.add(Resource.of("order://secret").requiresRole("admin").text(() -> "s"));
        server.add(
                ResourceTemplate.of("secret://{x}").requiresRole("admin").reader((uri, variables, call) -> List.of()));
        server.removePrompt("greet");
        server.removeTool("secret");
        server.add(tool("scoped").requiresScope("audit").handler((args, call) -> ToolResult.text("s")));
        server.accessRules(AccessRules.NONE); // notifies of every list, after all that must not be seen

        for (var stream : allowed) {
            assertThat(changedLists(stream, 9))
                    .startsWith("tools", "resources", "resources", "prompts", "tools", "tools")
                    .endsWith("tools", "resources", "prompts")
                    .hasSize(9);
        }
        for (var stream : denied) {
            assertThat(changedLists(stream, 4)).containsExactly("tools", "tools", "resources", "prompts");
        }
    }

    @Test
    void rulesDecideWhoHearsOfAChangedList() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*").onResources("*"),
                AccessRule.deny("hidden").onTools("hidden_*").onResources("hidden://*")));
        var streams = streams(USER);

        server.add(tool("hidden_one").handler((args, call) -> ToolResult.text("s")));
        server.add(Resource.of("hidden://one").text(() -> "s"));
        server.add(tool("other").handler((args, call) -> ToolResult.text("s")));
        server.accessRules(AccessRules.NONE);

        for (var stream : streams) {
            assertThat(changedLists(stream, 4)).containsExactly("tools", "tools", "resources", "prompts");
        }
    }

    /** Streams of both eras, on which this caller is notified of changed lists. */
    private List<RecordedReply> streams(Principal principal) {
        caller.set(principal);
        var line = RawRequests.line(server);
        var onLine = line.get();
        LegacyRequests.initialize(line, "2025-11-25", "{}").awaitEnd();
        line.post(MessageWriter.notification("notifications/initialized", Json.Obj.EMPTY));
        var listening = modern.ask(
                "subscriptions/listen",
                "{'notifications':{'toolsListChanged':true,'resourcesListChanged':true,'promptsListChanged':true}}");
        listening.awaitMessages(1);
        return List.of(onLine, LegacyRequests.begun(server).listen(), listening);
    }

    /** Waits for this number of notifications, and returns the lists that they name. */
    private static List<String> changedLists(RecordedReply stream, int count) {
        boolean acknowledged = stream.messages().toString().contains("subscriptions/acknowledged");
        stream.awaitMessages(acknowledged ? count + 1 : count);
        return stream.messages().stream()
                .map(message -> String.valueOf(message.text("method")))
                .filter(method -> method.endsWith("list_changed"))
                .map(method -> method.split("/", -1)[1])
                .toList();
    }

    @Test
    void deniedArgumentsOfAListedToolAreNamed() {
        server.accessRules(AccessRules.of(AccessRule.allow("eu").onTools("open").whenArgumentIs("/region", "eu")));

        assertThat(tools(USER)).containsExactly("open");
        assertThat(modern.ask("tools/call", "{'name':'open','arguments':{'region':'eu'}}")
                        .answer()
                        .has("result"))
                .isTrue();
        assertThat(modern.ask("tools/call", "{'name':'open','arguments':{'region':'us'}}")
                        .error()
                        .text("message"))
                .contains("do not allow these arguments");
        assertThat(modern.call("write").error().text("message")).isEqualTo("Unknown tool: write");
    }

    @Test
    void aRevokedRightEndsCachedAnswers() {
        server.add(tool("cached")
                .readOnly()
                .output(QuotedJson.json("{'type':'object'}"))
                .cacheForAll(Duration.ofHours(1))
                .handler((args, call) ->
                        Json.object().put("run", runs.incrementAndGet()).build()));
        modern.call("cached").awaitEnd();
        modern.call("cached").awaitEnd();
        assertThat(runs).hasValue(1);

        server.accessRules(AccessRules.of(AccessRule.allow("other").onTools("open")));
        assertThat(modern.call("cached").error().text("message")).isEqualTo("Unknown tool: cached");

        server.accessRules(AccessRules.of(AccessRule.allow("all").onTools("*")));
        modern.call("cached").awaitEnd();
        assertThat(runs).hasValue(2);
    }

    @Test
    void annotatedMethodsHaveRequirementsToo() {
        ToolMethods.of(new Methods()).tools().forEach(server::add);

        assertThat(tools(USER)).doesNotContain("annotated");
        assertThat(tools(ADMIN)).contains("annotated");
        assertThat(modern.call("annotated").code()).isEqualTo(403);
    }

    @Test
    void rulesForTasksHideThem() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"),
                AccessRule.deny("no polling").onTasks("tasks/get").forRoles("admin")));
        caller.set(ADMIN);
        var created = modern.call("admin_task").result();
        var params = "{'taskId':'" + created.text("taskId") + "'}";

        var denied = modern.ask("tasks/get", params).error();
        assertThat(withoutIds(denied, ""))
                .isEqualTo(
                        withoutIds(modern.ask("tasks/get", "{'taskId':'none'}").error(), ""));
        assertThat(server.refusedAccess(String.valueOf(denied.object("data").text("requestId"))))
                .hasValueSatisfying(refused ->
                        assertThat(refused.decision()).isEqualTo(new AccessDecision.Denied("rule \"no polling\"")));
        server.accessRules(AccessRules.NONE);
        assertThat(modern.ask("tasks/get", params).answer().has("result")).isTrue();
    }

    @Test
    void aRefusalCanBeExplainedByItsRequestId() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"), AccessRule.deny("closed").onTools("open")));
        var id = modern.call("open").error().object("data").text("requestId");

        assertThat(server.refusedAccess(String.valueOf(id)))
                .hasValueSatisfying(refused ->
                        assertThat(refused.decision()).isEqualTo(new AccessDecision.Denied("rule \"closed\"")));
        assertThat(server.refusedAccess("none")).isEmpty();
        var explanation = server.explainAccess(USER, TargetKind.TOOL, "open", null);
        assertThat(explanation.decision().rule()).isEqualTo("rule \"closed\"");
        assertThat(explanation.rules()).hasSize(2);
        assertThat(server.explainAccess(USER, TargetKind.TOOL, "none", null).rules())
                .isEmpty();
    }

    @Test
    void missingScopesCanBeExplainedByTheirRequestId() {
        var byDefinition = decision(modern.call("write"));
        server.accessRules(AccessRules.of(
                AccessRule.allow("readers").onTools("open").onResources("*").forScopes("read")));

        assertThat(byDefinition)
                .isEqualTo(new AccessDecision.ScopesRequired(
                        "scopes that the definition requires", Set.of("audit", "orders:write")));
        for (var reply : List.of(
                modern.call("open"),
                modern.ask("subscriptions/listen", "{'notifications':{'resourceSubscriptions':['order://open']}}"),
                LegacyRequests.begun(server).ask("resources/subscribe", "{'uri':'order://open'}"))) {
            assertThat(decision(reply))
                    .isEqualTo(new AccessDecision.ScopesRequired("rule \"readers\"", Set.of("read")));
        }
    }

    @Test
    void aResourceThatItsReaderDoesNotFindLooksLikeOneThatIsDenied() {
        server.add(ResourceTemplate.of("doc://{id}").reader((uri, variables, call) -> {
            if (uri.endsWith("empty")) {
                return List.of();
            }
            throw McpException.noSuchResource(uri);
        }));
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onResources("*"),
                AccessRule.deny("hidden").onResources("doc://hidden")));

        for (var client :
                List.<BiFunction<String, String, RecordedReply>>of(modern::ask, LegacyRequests.begun(server)::ask)) {
            var denied = client.apply("resources/read", "{'uri':'doc://hidden'}");
            for (var name : List.of("doc://none", "doc://empty")) {
                var missing = client.apply("resources/read", "{'uri':'" + name + "'}");
                assertThat(withoutIds(missing.error(), name)).isEqualTo(withoutIds(denied.error(), "doc://hidden"));
            }
        }
    }

    @Test
    void missingScopesHaveTheRequestIdInTheDataToo() {
        for (var error : List.of(
                modern.call("write").error(),
                LegacyRequests.begun(server).call("write").error())) {
            var data = error.object("data");
            assertThat(data.text("code")).isEqualTo("FORBIDDEN");
            assertThat(error.text("message")).endsWith(" " + data.text("requestId"));
        }
    }

    /** The decision that the server remembers for a refused request. */
    private AccessDecision decision(RecordedReply refusal) {
        var data = refusal.awaitEnd().error().object("data");
        var id = String.valueOf(data.text("requestId"));
        return server.refusedAccess(id).orElseThrow().decision();
    }
}
