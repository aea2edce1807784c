package io.breakwater.core.presentation.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.presentation.protocol.ModernRequests;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Request;
import io.breakwater.port.driving.HttpResource.Response;
import io.breakwater.port.driving.RemotePeer;
import io.breakwater.server.Breakwater;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.ResourceContents;
import io.breakwater.server.mcp.ResourceTemplate;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators ask a server about access. */
class RefusedAccessEndpointTest {
    private final Breakwater server = Breakwater.named("t")
            .tool(Tool.named("find").description("Finds.").handler((args, call) -> ToolResult.text("found")))
            .tool(Tool.named("erase")
                    .description("Erases.")
                    .requiresRole("admin")
                    .handler((args, call) -> ToolResult.text("erased")))
            .resource(Resource.of("file:///index").text(() -> "index"))
            .resource(ResourceTemplate.of("order://{region}/{id}")
                    .reader((uri, variables, call) -> List.of(new ResourceContents.Text(uri, "text/plain", "order"))))
            .prompt(Prompt.named("greet")
                    .description("Greets.")
                    .handler((arguments, call) -> List.of(Prompt.Message.user("hi"))))
            .accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*").onPrompts("*"),
                    AccessRule.deny("no erasing").onTools("erase"),
                    AccessRule.allow("Europe").onResources("order://*").whenArgumentIs("/region", "eu")))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResource resource() {
        return server.host().resources().stream()
                .filter(each -> each.path().equals("/access/refusals"))
                .findFirst()
                .orElseThrow();
    }

    private Response get(String subpath) {
        var request = new Request(
                "GET", subpath, "", HeaderFields.NONE, new RemotePeer("127.0.0.1"), Principal.ANONYMOUS, new byte[0]);
        return resource().handler().answer(request).toCompletableFuture().join();
    }

    private static String text(Response response) {
        return new String(((HttpResource.Complete) response.body()).bytes(), UTF_8);
    }

    private String refusedCall() {
        var error = ModernRequests.http(server, "{}")
                .ask("tools/call", "{'name':'erase','arguments':{}}")
                .error();
        return String.valueOf(error.object("data").text("requestId"));
    }

    @Test
    void tellsWhichRuleRefusedARequest() {
        var id = refusedCall();

        var response = get("/" + id);

        assertThat(response.status()).isEqualTo(200);
        var refused = (Json.Obj) Json.parse(text(response));
        assertThat(refused.text("request_id")).isEqualTo(id);
        assertThat(refused.text("principal")).isEqualTo("anonymous");
        assertThat(refused.text("kind")).isEqualTo("tool");
        assertThat(refused.text("name")).isEqualTo("erase");
        assertThat(refused.text("decision")).isEqualTo("denied");
        assertThat(refused.text("rule")).isEqualTo("rule \"no erasing\"");
        assertThat(refused.object("caller").toString())
                .isEqualTo("{\"subject\":\"anonymous\",\"issuer\":\"\",\"tenant\":\"\",\"client\":\"\","
                        + "\"kind\":\"user\",\"roles\":[],\"scopes\":[]}");
        assertThat(String.valueOf(refused.get("rules")))
                .contains("{\"name\":\"no erasing\",\"effect\":\"deny\",\"caller\":\"yes\",\"target\":\"yes\","
                        + "\"arguments\":\"yes\"}");
    }

    @Test
    void missingScopesNameTheTargetAndTheRules() {
        server.accessRules(
                AccessRules.of(AccessRule.allow("erasers").onTools("erase").forScopes("erase:run")));
        var client = ModernRequests.http(server, "{}");
        var data = client.ask("tools/call", "{'name':'erase','arguments':{}}")
                .error()
                .object("data");

        var refused = (Json.Obj) Json.parse(text(get("/" + data.text("requestId"))));

        assertThat(refused.text("kind")).isEqualTo("tool");
        assertThat(refused.text("name")).isEqualTo("erase");
        assertThat(String.valueOf(refused.get("rules"))).contains("\"erasers\"", "\"caller\":\"scopes missing\"");
    }

    @Test
    void anUnknownIdIsNotFound() {
        var id = refusedCall();

        for (var subpath : List.of("", "/", "/none", "/" + id + "/more")) {
            assertThat(get(subpath).status()).isEqualTo(404);
            assertThat(text(get(subpath))).contains("\"request_id\":\"", "remembers no refused access");
        }
    }

    @Test
    void needsTheManagementKey() {
        assertThat(resource().listener()).isEqualTo(HttpResource.Listener.MANAGEMENT);
        assertThat(resource().access()).isEqualTo(HttpResource.Access.MANAGEMENT);
        assertThat(get("/none").fields()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void theServerHasTheNamesThatNoCallerMayUse() {
        assertThat(server.names(TargetKind.TOOL)).containsExactly("find", "erase");
        assertThat(server.names(TargetKind.RESOURCE)).containsExactly("file:///index");
        assertThat(server.names(TargetKind.RESOURCE_TEMPLATE)).containsExactly("order://{region}/{id}");
        assertThat(server.names(TargetKind.PROMPT)).containsExactly("greet");
        assertThat(server.names(TargetKind.TASK)).isEmpty();
    }

    @Test
    void anExplanationTakesTheVariablesOfATemplateFromTheUri() {
        var europe = server.explainAccess(Principal.of("ann"), TargetKind.RESOURCE, "order://eu/1", Json.Obj.EMPTY);
        var elsewhere = server.explainAccess(Principal.of("ann"), TargetKind.RESOURCE, "order://us/1", Json.Obj.EMPTY);

        assertThat(europe.decision().rule()).isEqualTo("rule \"Europe\"");
        assertThat(elsewhere.decision().rule()).isEqualTo("no rule allows it");
        assertThat(elsewhere.rules().getLast().arguments()).isEqualTo("no");
    }
}
