package io.breakwater.core.presentation.tool.services;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.AccessDecision;
import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.memory.MemoryIdempotencyStore;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.client.McpClient;
import io.breakwater.server.client.ToolCallResult;
import io.breakwater.server.settings.AccessRule;
import io.breakwater.server.settings.AccessRules;
import io.breakwater.server.settings.ArgumentCondition.Glob;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about endpoints hold for the path that is requested, however a caller writes it. */
class ServedEndpointAccessTest {
    private final ScriptedServices services = new ScriptedServices().has("users");
    private final Breakwater server = Breakwater.named("shop")
            .pack(new BuiltInPack.HttpServices(services))
            .build();

    @AfterEach
    void close() {
        server.close();
    }

    private void denyAdmin() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"),
                AccessRule.deny("no admin").onTools("api_request").whenArgument("/endpoint", new Glob("/admin/*"))));
    }

    private static Json.Obj arguments(String endpoint, String params) {
        return json("{'service':'users','method':'GET','endpoint':'" + endpoint + "','params':" + params + "}");
    }

    private static ToolCallResult withKey(McpClient client, Json.Obj arguments) {
        var meta = Json.object().put("io.breakwater/idempotencyKey", "key-1").build();
        var params = Json.object()
                .put("name", "api_request")
                .put("arguments", arguments)
                .put("_meta", meta);
        return new ToolCallResult(client.request("tools/call", params.build()));
    }

    /** Returns the code of the refusal; {@code sent} if the request was sent. */
    private String outcome(McpClient client, Json.Obj arguments) {
        int before = services.sent().size();
        try {
            var result = client.call("api_request", arguments);
            if (services.sent().size() > before) {
                return "sent";
            }
            return String.valueOf(json(result.text()).object("error").text("code"));
        } catch (RuntimeException refused) {
            assertThat(refused).hasMessageContaining("do not allow these arguments");
            return "FORBIDDEN";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /admin/users            | {}                             | FORBIDDEN
                    /{a}/users              | {'a':'admin'}                  | FORBIDDEN
                    /{a}{b}/users           | {'a':'ad','b':'min'}           | FORBIDDEN
                    /%61dmin/users          | {}                             | FORBIDDEN
                    /%2561dmin/users        | {}                             | FORBIDDEN
                    /{a}/users              | {'a':'%61dmin'}                | FORBIDDEN
                    /{a}                    | {'a':'admin/users'}            | FORBIDDEN
                    /admin%2fusers          | {}                             | FORBIDDEN
                    /users/{a}              | {'a':'../admin/users'}         | INVALID_PARAMS
                    /admin%3Bx/users        | {}                             | FORBIDDEN
                    /{a}/users              | {'a':'admin;x=1'}              | FORBIDDEN
                    /{a}/users              | {'a':'admin '}                 | FORBIDDEN
                    /%20admin/users         | {}                             | FORBIDDEN
                    /%EF%BD%81dmin/users    | {}                             | FORBIDDEN
                    /adm%C2%ADin/users      | {}                             | FORBIDDEN
                    /{a}/users              | {'a':'adm\u200Bin'}            | FORBIDDEN
                    /users/admin/users      | {}                             | sent
                    /users/{a}              | {'a':'admin;x=1'}              | sent
                    /users/{a}              | {'a':'admin'}                  | sent
                    """)
    void aRuleThatDeniesAPathDeniesItInEveryForm(String endpoint, String params, String expected) {
        denyAdmin();
        try (var client = InMemoryClient.of(server)) {
            var arguments = arguments(endpoint, params);

            assertThat(outcome(client, arguments)).isEqualTo(expected);

            boolean allowed = server.explainAccess(Principal.ANONYMOUS, TargetKind.TOOL, "api_request", arguments)
                            .decision()
                    instanceof AccessDecision.Allowed;
            assertThat(allowed).isEqualTo(!expected.equals("FORBIDDEN"));
        }
    }

    @Test
    void aRuleCanAllowATemplate() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("one user").onTools("api_request").whenArgumentIs("/endpoint", "/users/{id}")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(outcome(client, arguments("/users/{id}", "{'id':5}"))).isEqualTo("sent");
            assertThat(outcome(client, arguments("/users/{id}", "{'id':'a/b'}")))
                    .isEqualTo("sent");
            assertThat(outcome(client, arguments("/users/{name}", "{'name':5}")))
                    .isEqualTo("FORBIDDEN");
            assertThat(outcome(client, arguments("/users/5", "{}"))).isEqualTo("FORBIDDEN");
            assertThat(outcome(client, arguments("/users/{id}/orders", "{'id':5}")))
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void aRuleForAPathHoldsWithASlashAtItsEnd() {
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"),
                AccessRule.deny("no admin").onTools("api_request").whenArgumentIs("/endpoint", "/admin")));
        try (var client = InMemoryClient.of(server)) {
            assertThat(outcome(client, arguments("/admin/", "{}"))).isEqualTo("FORBIDDEN");
            assertThat(outcome(client, arguments("/{a}/", "{'a':'admin'}"))).isEqualTo("FORBIDDEN");
            assertThat(outcome(client, arguments("/", "{}"))).isEqualTo("sent");
        }
    }

    @Test
    void aRuleForAHeaderFieldHoldsInAnyCase() {
        services.has("orders", "x-tenant");
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*"),
                AccessRule.deny("other tenant").onTools("api_request").whenArgumentIs("/headers/x-tenant", "other")));
        try (var client = InMemoryClient.of(server)) {
            for (var name : List.of("x-tenant", "X-Tenant")) {
                var arguments = "{'service':'orders','method':'GET','endpoint':'/','headers':{'" + name + "':'%s'}}";
                assertThat(outcome(client, json(arguments.formatted("other")))).isEqualTo("FORBIDDEN");
                assertThat(outcome(client, json(arguments.formatted("own")))).isEqualTo("sent");
            }
        }
    }

    @Test
    void aCallerWhoLosesTheRightToAPathDoesNotReceiveTheStoredResult() {
        var keys = new MemoryIdempotencyStore(new SimulatedLink(), InstantSource.system());
        try (var keyed = Breakwater.named("shop")
                        .pack(new BuiltInPack.HttpServices(services))
                        .idempotency(keys)
                        .build();
                var client = InMemoryClient.of(keyed)) {
            var arguments = json("{'service':'users','method':'POST','endpoint':'/{a}/users','params':{'a':'admin'}}");
            Json.object().put("io.breakwater/idempotencyKey", "key-1").build();
            assertThat(withKey(client, arguments).isError()).isFalse();

            keyed.accessRules(AccessRules.of(
                    AccessRule.allow("all").onTools("*"),
                    AccessRule.deny("no admin")
                            .onTools("api_request")
                            .whenArgument("/endpoint", new Glob("/admin/*"))));

            assertThat(json(withKey(client, arguments).text()).object("error").text("code"))
                    .isEqualTo("FORBIDDEN");
            assertThat(services.sent()).hasSize(1);
        }
    }

    @Test
    void rulesForAPathAlsoHoldForTheItemsOfABatch() {
        denyAdmin();
        try (var client = InMemoryClient.of(server)) {
            var result = client.call(
                    "batch_api_requests",
                    Json.object()
                            .put(
                                    "requests",
                                    Json.array(arguments("/{a}/users", "{'a':'admin'}"), arguments("/users", "{}")))
                            .build());

            assertThat(items(result.structured(), "results"))
                    .extracting(each -> ((Json.Obj) each).object("error").text("code"))
                    .containsExactly("FORBIDDEN", null);
            assertThat(services.sent()).hasSize(1);
        }
    }

    @Test
    void aDeniedPathCanBeExplained() {
        denyAdmin();
        try (var client = InMemoryClient.of(server)) {
            var refused = json(client.call("api_request", arguments("/{a}/users", "{'a':'admin'}"))
                            .text())
                    .object("error");

            assertThat(refused.text("message")).contains("the endpoint is /admin/users.");
            assertThat(server.refusedAccess(String.valueOf(refused.text("requestId"))))
                    .hasValueSatisfying(
                            access -> assertThat(access.decision().rule()).isEqualTo("rule \"no admin\""));
        }
    }

    @Test
    void theResourceOfADeniedServiceDoesNotExist() {
        services.has("payments");
        server.accessRules(AccessRules.of(
                AccessRule.allow("all").onTools("*").onResources("*"),
                AccessRule.deny("no payments").onResources("services://payments")));
        try (var client = InMemoryClient.of(server)) {
            for (var uri : List.of("services://payments", "services://%70ayments")) {
                assertThat(catchThrowable(() -> client.read(uri))).hasMessageContaining("Resource not found");
            }
            assertThat(client.request(
                                    "completion/complete",
                                    json("{'ref':{'type':'ref/resource','uri':'services://{service}'},"
                                            + "'argument':{'name':'service','value':''}}"))
                            .object("completion")
                            .get("values"))
                    .isEqualTo(Json.array(Json.of("users")));
        }
    }
}
