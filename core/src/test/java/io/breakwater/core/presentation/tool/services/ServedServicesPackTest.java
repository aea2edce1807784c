package io.breakwater.core.presentation.tool.services;

import static io.breakwater.core.presentation.protocol.QuotedJson.items;
import static io.breakwater.core.presentation.protocol.QuotedJson.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.core.testkit.ClientMode;
import io.breakwater.core.testkit.InMemoryClient;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException.Reason;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.Services;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.ScriptedServices.Sent;
import io.breakwater.server.Breakwater;
import io.breakwater.server.BuiltInPack;
import io.breakwater.server.Limits;
import io.breakwater.server.client.McpClient;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pack in a whole server, over services that respond as they are told. */
class ServedServicesPackTest {
    private final ScriptedServices services = new ScriptedServices()
            .has("users", "if-match", "authorization")
            .has("orders")
            .on("GET", "/users/5?expand=teams&expand=roles", 200, "application/json", "{\"id\":5,\"name\":\"Ann\"}");
    private Breakwater server = serving(Limits.STANDARD);

    private Breakwater serving(Limits limits) {
        return Breakwater.named("shop")
                .limits(limits)
                .pack(new BuiltInPack.HttpServices(services))
                .build();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static Json.Obj call(McpClient client, String tool, String arguments) {
        var answer = client.call(tool, json(arguments));
        assertThat(answer.isError()).as(answer.text()).isFalse();
        assertThat(json(answer.text())).isEqualTo(answer.structured());
        return answer.structured();
    }

    private static Json.Obj request(McpClient client, String arguments) {
        return call(client, "api_request", arguments);
    }

    private static Json.Obj error(McpClient client, String arguments) {
        var answer = client.call("api_request", json(arguments));
        assertThat(answer.isError()).as(answer.text()).isTrue();
        return json(answer.text()).object("error");
    }

    private static String message(Json.Obj error) {
        return String.valueOf(error.text("message"));
    }

    @ParameterizedTest
    @EnumSource
    void sendsARequestAndReturnsTheResponse(ClientMode mode) {
        try (var client = mode.to(server).connect()) {
            var result = request(
                    client,
                    "{'service':'users','method':'GET','endpoint':'/users/{id}','params':{'id':5,'expand':['teams',"
                            + "'roles']},'headers':{'If-Match':'v1'}}");

            assertThat(result)
                    .isEqualTo(json("{'service':'users','method':'GET','endpoint':'/users/{id}','http_status':200,"
                            + "'result':{'id':5,'name':'Ann'},'status':'success'}"));
            var sent = services.sent().getFirst();
            assertThat(sent.service()).isEqualTo("users");
            assertThat(sent.request().fields())
                    .isEqualTo(Map.of("if-match", "v1", "accept", "application/json, text/*;q=0.9, */*;q=0.8"));
            assertThat(sent.request().mediaType()).isNull();
            assertThat(sent.request().body()).isEmpty();
            assertThat(sent.request().idempotencyKey()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST   | 'data':{'a':[1.10,null]}                            | application/json                  | {"a":[1.10,null]}
                    PUT    | 'data':'text'                                       | application/json                  | "text"
                    PATCH  | 'data':[],'content_type':'json'                     | application/json                  | []
                    POST   | 'data':{'a':'x y&z','b':[1,true]},'content_type':'form' | application/x-www-form-urlencoded | a=x%20y%26z&b=1&b=true
                    POST   | 'data':'a\\r\\nb','content_type':'text'             | text/plain; charset=utf-8         | `a\r\nb`
                    DELETE | 'data':{'reason':'old'}                             | application/json                  | {"reason":"old"}
                    """)
    void encodesTheBody(String method, String data, String mediaType, String body) {
        try (var client = InMemoryClient.of(server)) {
            var result =
                    request(client, "{'service':'orders','method':'" + method + "','endpoint':'/orders'," + data + "}");

            assertThat(result.get("http_status")).isEqualTo(Json.of(204));
            assertThat(result.get("result")).isEqualTo(Json.Null.NULL);
            var sent = services.sent().getFirst();
            assertThat(sent.line()).isEqualTo(method + " /orders");
            assertThat(sent.request().mediaType()).isEqualTo(mediaType);
            assertThat(sent.body()).isEqualTo(body.replace("\\r\\n", "\r\n"));
        }
    }

    @Test
    void aRequestWithoutDataHasNoBody() {
        try (var client = InMemoryClient.of(server)) {
            request(client, "{'service':'orders','method':'DELETE','endpoint':'/orders/5'}");
            request(client, "{'service':'orders','method':'POST','endpoint':'/orders','data':null}");

            assertThat(services.sent()).allSatisfy(sent -> {
                assertThat(sent.request().body()).isEmpty();
                assertThat(sent.request().mediaType()).isNull();
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'service':'users','method':'HEAD','endpoint':'/u'                                     | INVALID_PARAMS | method
                    'service':'users','method':'get','endpoint':'/u'                                      | INVALID_PARAMS | method
                    'service':'users','method':'GET'                                                      | INVALID_PARAMS | endpoint
                    'service':'users','method':'GET','endpoint':'http://evil.example/'                    | INVALID_PARAMS | begins with /
                    'service':'users','method':'GET','endpoint':'/u?a=b'                                  | INVALID_PARAMS | in params
                    'service':'users','method':'GET','endpoint':'/u/{id}'                                 | INVALID_PARAMS | params does not have
                    'service':'users','method':'GET','endpoint':'/u/{id}','params':{'id':'../x'}          | INVALID_PARAMS | segment of dots
                    'service':'users','method':'GET','endpoint':'/u','params':[]                          | INVALID_PARAMS | params
                    'service':'users','method':'GET','endpoint':'/u','data':{}                            | INVALID_PARAMS | GET request has no data
                    'service':'users','method':'POST','endpoint':'/u','data':[],'content_type':'form'     | INVALID_PARAMS | must be an object
                    'service':'users','method':'POST','endpoint':'/u','data':{},'content_type':'text'     | INVALID_PARAMS | must be a string
                    'service':'users','method':'POST','endpoint':'/u','content_type':'xml'                | INVALID_PARAMS | content_type
                    'service':'users','method':'GET','endpoint':'/u','headers':{'X-Debug':'1'}            | INVALID_PARAMS | if-match.
                    'service':'users','method':'GET','endpoint':'/u','headers':{'Authorization':'x'}      | INVALID_PARAMS | must not contain
                    'service':'orders','method':'GET','endpoint':'/u','headers':{'If-Match':'x'}          | INVALID_PARAMS | no header fields
                    'service':'users','method':'GET','endpoint':'/u','headers':{'If-Match':'a\\r\\nB: c'} | INVALID_PARAMS | visible ASCII
                    'service':'users','method':'GET','endpoint':'/u','headers':{'If-Match':5}             | INVALID_PARAMS | headers
                    'service':'user','method':'GET','endpoint':'/u'                                       | NOT_FOUND      | Did you mean users?
                    'service':'Users','method':'GET','endpoint':'/u'                                      | NOT_FOUND      | Did you mean users?
                    'service':'http://evil.example','method':'GET','endpoint':'/u'                        | NOT_FOUND      | Call list_services
                    'service':'user','method':'GET','endpoint':'/u','headers':{'If-Match':'x'}            | NOT_FOUND      | Did you mean users?
                    """)
    void refusesRequestsThatMustNotBeSent(String arguments, String code, String words) {
        try (var client = InMemoryClient.of(server)) {
            var error = error(client, "{" + arguments + "}");

            assertThat(error.text("code")).isEqualTo(code);
            assertThat(message(error)).contains(words);
            assertThat(services.sent()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureTellsWhatTheServiceSays(ClientMode mode) {
        services.on("GET", "/users/6", 404, "application/json", "{\"message\":\"No such user.\",\"stack\":\"x.Y\"}")
                .on("POST", "/users", 500, "text/plain", "database 10.0.0.5 is down\n\tat x.Y")
                .on(
                        "POST",
                        "/limited",
                        new ServiceOutcome.Response(429, Map.of("retry-after", List.of("7")), new byte[0]));
        try (var client = mode.to(server).connect()) {
            var missing =
                    error(client, "{'service':'users','method':'GET','endpoint':'/users/{id}','params':{'id':6}}");
            assertThat(missing.text("code")).isEqualTo("NOT_FOUND");
            assertThat(missing.text("message"))
                    .isEqualTo(
                            "The service users responded with status 404 to GET \"/users/{id}\": \"No such user.\".");

            var failed = error(client, "{'service':'users','method':'POST','endpoint':'/users'}");
            assertThat(failed.text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(failed.text("message"))
                    .isEqualTo("The service users responded with status 500 to POST \"/users\": \"database (address) is"
                            + " down\". The outcome is unknown: the request may have had its effect. Check that before"
                            + " you repeat it.");

            var limited = error(client, "{'service':'users','method':'POST','endpoint':'/limited'}");
            assertThat(limited.text("code")).isEqualTo("RATE_LIMITED");
            assertThat(limited.get("retryAfterMs")).isEqualTo(Json.of(7_000));
        }
    }

    @Test
    void saysWhatBecameOfRequestsWithoutAResponse() {
        services.on("GET", "/down", new ServiceOutcome.NotDelivered("All instances are down.", Duration.ofSeconds(2)))
                .on("POST", "/cut", new ServiceOutcome.Unconfirmed("The connection was lost.", false))
                .on("GET", "/slow", new ServiceOutcome.Unconfirmed("No response in 10 s.", true))
                .on("POST", "/redirect", (request, context) -> {
                    throw new PortException.RefusedException("The response is a redirect.", null);
                })
                .on("POST", "/busy", (request, context) -> {
                    throw new PortException.RefusedException(Reason.OVERLOADED, "Too many calls of users.", null);
                })
                .on("GET", "/late", (request, context) -> {
                    throw new PortException.DeadlineExceededException("The deadline has passed.", null);
                });
        try (var client = InMemoryClient.of(server)) {
            var down = error(client, "{'service':'users','method':'GET','endpoint':'/down'}");
            assertThat(down.text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(down.text("message")).isEqualTo("All instances are down.");
            assertThat(down.get("retryAfterMs")).isEqualTo(Json.of(2_000));

            var cut = error(client, "{'service':'users','method':'POST','endpoint':'/cut'}");
            assertThat(cut.text("code")).isEqualTo("EXTERNAL_ERROR");
            assertThat(message(cut)).startsWith("The connection was lost. The outcome is unknown");

            var slow = error(client, "{'service':'users','method':'GET','endpoint':'/slow'}");
            assertThat(slow.text("code")).isEqualTo("TIMEOUT");
            assertThat(slow.text("message")).isEqualTo("No response in 10 s.");

            assertThat(message(error(client, "{'service':'users','method':'POST','endpoint':'/redirect'}")))
                    .startsWith("The response is a redirect. The outcome is unknown");
            assertThat(error(client, "{'service':'users','method':'POST','endpoint':'/busy'}")
                            .text("code"))
                    .isEqualTo("OVERLOADED");
            assertThat(error(client, "{'service':'users','method':'GET','endpoint':'/late'}")
                            .text("code"))
                    .isEqualTo("TIMEOUT");
        }
    }

    private Json.Obj resultOf(McpClient client, String mediaType, byte[] body) {
        services.on("GET", "/content", ScriptedServices.response(200, mediaType, body));
        return request(client, "{'service':'users','method':'GET','endpoint':'/content'}");
    }

    private Json result(McpClient client, String mediaType, String body, Charset charset) {
        return Objects.requireNonNull(
                resultOf(client, mediaType, body.getBytes(charset)).get("result"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    application/json                | UTF-8      | {"a": [1.50, null]}  | {'a':[1.50,null]}
                    application/problem+json        | UTF-8      | {}                   | {}
                    Application/JSON; charset=UTF-8 | UTF-8      | {"a":"ü"}            | {'a':'ü'}
                    application/json                | UTF-8      | <html>               | {'content_type':'application/json','text':'<html>'}
                    application/json                | UTF-8      | {"a":1,"a":2}        | {'content_type':'application/json','text':'{\\'a\\':1,\\'a\\':2}'}
                    application/json; charset=utf-16| UTF-16     | {}                   | {'content_type':'application/json','text':'{}'}
                    text/plain                      | UTF-8      | Grüße                | {'content_type':'text/plain','text':'Grüße'}
                    text/csv; charset="iso-8859-1"  | ISO-8859-1 | Grüße                | {'content_type':'text/csv','text':'Grüße'}
                    text/html;charset=utf-16        | UTF-16     | Grüße                | {'content_type':'text/html','text':'Grüße'}
                    image/svg+xml                   | UTF-8      | <svg/>               | {'content_type':'image/svg+xml','text':'<svg/>'}
                    text/plain                      | ISO-8859-1 | ü                    | {'content_type':'text/plain','base64':'/A=='}
                    text/plain; charset=ebcdic      | UTF-8      | ab                   | {'content_type':'text/plain; charset=ebcdic','base64':'YWI='}
                    text/plain; charset="x\u0001y"  | UTF-8      | ab                   | {'content_type':'text/plain','base64':'YWI='}
                    image/png                       | UTF-8      | ab                   | {'content_type':'image/png','base64':'YWI='}
                    no type                         | UTF-8      | ab                   | {'content_type':'application/octet-stream','base64':'YWI='}
                    """)
    void returnsEachBodyInItsRealType(String mediaType, String charset, String body, String expected) {
        try (var client = InMemoryClient.of(server)) {
            assertThat(result(client, mediaType, body, Charset.forName(charset)))
                    .isEqualTo(json(expected.replace("\\'", "\\\"")));
        }
    }

    @Test
    void aJsonBodyMayBeAnyValue() {
        try (var client = InMemoryClient.of(server)) {
            for (var value : List.of("null", "true", "-1.20", "\"text\"", "[1,\n2]", "{\r\n\"a\":1\n}")) {
                assertThat(result(client, "application/json", value, StandardCharsets.UTF_8))
                        .isEqualTo(Json.parse(value));
            }
            assertThat(result(client, "application/json", "\uFEFF{}", StandardCharsets.UTF_8))
                    .isEqualTo(Json.Obj.EMPTY);
        }
    }

    @Test
    void aBodyWithoutATypeIsBytes() {
        services.on("GET", "/bytes", ScriptedServices.response(200, null, new byte[] {0, 1, (byte) 0xFF}));
        try (var client = InMemoryClient.of(server)) {
            assertThat(request(client, "{'service':'users','method':'GET','endpoint':'/bytes'}")
                            .object("result"))
                    .isEqualTo(json("{'content_type':'application/octet-stream','base64':'"
                            + Base64.getEncoder().encodeToString(new byte[] {0, 1, (byte) 0xFF}) + "'}"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResponseThatDoesNotFitIsAnError(ClientMode mode) {
        server.close();
        server = serving(Limits.STANDARD.withMaxResultBytes(64 << 10));
        services.on("POST", "/large", 201, "application/json", "\"" + "x".repeat(16_382) + "\"")
                .on("POST", "/larger", 201, "application/json", "\"" + "x".repeat(16_383) + "\"")
                .on("POST", "/escaped", 201, "text/plain", "\u0001".repeat(10_000));
        try (var client = mode.to(server).connect()) {
            assertThat(request(client, "{'service':'users','method':'POST','endpoint':'/large'}")
                            .get("http_status"))
                    .isEqualTo(Json.of(201));
            for (var endpoint : List.of("/larger", "/escaped")) {
                var error = error(client, "{'service':'users','method':'POST','endpoint':'" + endpoint + "'}");
                assertThat(error.text("code")).isEqualTo("EXTERNAL_ERROR");
                assertThat(message(error))
                        .startsWith("The service users responded with status 201, so the request succeeded, but")
                        .endsWith("and the limit is 16384 bytes.");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void listsTheServicesWithTheirHealthyInstances(ClientMode mode) {
        services.has(new Services.Status(
                "payments",
                "Takes payments.",
                List.of("accept-language"),
                List.of(
                        new Services.Instance("http://10.0.0.1:80", Services.State.AVAILABLE, null, 3),
                        new Services.Instance("http://10.0.0.2:80", Services.State.UNHEALTHY, "refused", 0),
                        new Services.Instance("http://10.0.0.3:80", Services.State.OPEN, "5 failures", 0))));
        var users = "{'name':'users','request_headers':['if-match'],'healthy_instances':['http://users:8080'],"
                + "'healthy_count':1,'instance_count':1}";
        var orders =
                "{'name':'orders','request_headers':[],'healthy_instances':['http://orders:8080'],'healthy_count':1,"
                        + "'instance_count':1}";
        var payments = "{'name':'payments','description':'Takes payments.','request_headers':['accept-language'],"
                + "'healthy_instances':['http://10.0.0.1:80'],'healthy_count':1,'instance_count':3}";
        var all = json("{'services':[" + orders + "," + payments + "," + users + "]}");
        try (var client = mode.to(server).connect()) {
            assertThat(call(client, "list_services", "{}")).isEqualTo(all);
            assertThat(contents(client, "services://")).isEqualTo(all);
            assertThat(contents(client, "services://payments")).isEqualTo(json(payments));
            assertThatThrownBy(() -> client.read("services://payment")).hasMessageContaining("Resource not found");
        }
    }

    private static Json.Obj contents(McpClient client, String uri) {
        var contents = (Json.Obj) items(client.request("resources/read", json("{'uri':'" + uri + "'}")), "contents")
                .getFirst();
        assertThat(contents.text("mimeType")).isEqualTo("application/json");
        return json(String.valueOf(contents.text("text")));
    }

    @Test
    void listsTheFirstInstancesOfAServiceWithMany() {
        var instances = IntStream.range(0, 10_000)
                .mapToObj(i -> new Services.Instance("http://10.0.0.1:" + i, Services.State.AVAILABLE, null, 0))
                .toList();
        services.has(new Services.Status("many", null, List.of(), instances));
        try (var client = InMemoryClient.of(server)) {
            var many = contents(client, "services://many");

            assertThat(items(many, "healthy_instances")).hasSize(20);
            assertThat(many.get("healthy_count")).isEqualTo(Json.of(10_000));
        }
    }

    @ParameterizedTest
    @EnumSource
    void completesNamesOfServices(ClientMode mode) {
        services.has("super-users");
        try (var client = mode.to(server).connect()) {
            assertThat(completed(client, "US")).isEqualTo(Json.texts(List.of("users", "super-users")));
            assertThat(completed(client, "")).isEqualTo(Json.texts(List.of("orders", "super-users", "users")));
            assertThat(completed(client, "x")).isEqualTo(Json.texts(List.of()));
        }
    }

    private static Json completed(McpClient client, String typed) {
        return Objects.requireNonNull(client.request(
                        "completion/complete",
                        json("{'ref':{'type':'ref/resource','uri':'services://{service}'},'argument':{'name':'service',"
                                + "'value':'" + typed + "'}}"))
                .object("completion")
                .get("values"));
    }

    @Test
    void theHintsAreTrue() {
        try (var client = InMemoryClient.of(server)) {
            var hints = client.tools().stream()
                    .map(tool -> tool.text("name") + " " + tool.get("annotations"))
                    .toList();

            assertThat(hints)
                    .containsExactlyInAnyOrder(
                            "api_request {\"readOnlyHint\":false,\"destructiveHint\":true,\"openWorldHint\":true}",
                            "batch_api_requests {\"readOnlyHint\":false,\"destructiveHint\":true,\"openWorldHint\":true}",
                            "list_services {\"readOnlyHint\":true,\"idempotentHint\":true,\"openWorldHint\":false}");
        }
    }

    @Test
    void theContextOfTheCallReachesTheServices() {
        services.on("GET", "/context", (request, context) -> {
            assertThat(context.requestId()).isNotBlank();
            assertThat(context.remaining()).isPositive();
            return ScriptedServices.response(200, "text/plain", "yes".getBytes(StandardCharsets.UTF_8));
        });
        try (var client = InMemoryClient.of(server)) {
            request(client, "{'service':'users','method':'GET','endpoint':'/context'}");

            assertThat(services.sent()).extracting(Sent::line).containsExactly("GET /context");
        }
    }
}
