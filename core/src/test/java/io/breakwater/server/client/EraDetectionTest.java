package io.breakwater.server.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.ScriptedEndpoint;
import io.breakwater.port.driving.IncomingMessage;
import io.breakwater.port.driving.Reply;
import io.breakwater.port.driving.ReplyStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class EraDetectionTest {
    private static final Json.Obj INITIALIZED =
            Json.object().put("protocolVersion", "2025-06-18").build();

    private final List<String> methods = new CopyOnWriteArrayList<>();
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();

    /** Serves a server that knows sessions only, and refuses other requests in some way. */
    private void serveLegacy(BiConsumer<Json.Obj, Reply> refusal) {
        serve((message, reply) -> {
            switch (String.valueOf(message.text("method"))) {
                case "initialize" -> reply.answer(new ReplyStatus.Result("s-1"), result(message, INITIALIZED));
                case "notifications/initialized" -> reply.answer(ReplyStatus.ACCEPTED, null);
                case "tools/list" ->
                    reply.answer(
                            ReplyStatus.RESULT,
                            result(
                                    message,
                                    Json.object().put("tools", Json.array()).build()));
                default -> refusal.accept(message, reply);
            }
        });
    }

    private void serve(BiConsumer<Json.Obj, Reply> script) {
        endpoint.onMessage((inbound, reply) -> {
            var message = parse(inbound);
            methods.add(message.text("method") + " " + inbound.fields().first("Mcp-Session-Id"));
            script.accept(message, reply);
        });
    }

    private static Json.Obj parse(IncomingMessage inbound) {
        return (Json.Obj) Json.parse(new String(inbound.body(), UTF_8));
    }

    private static byte[] result(Json.Obj request, Json.Obj result) {
        return response(request).put("result", result).build().toString().getBytes(UTF_8);
    }

    private static byte[] error(Json.Obj request, int code, String message) {
        var error = Json.object().put("code", code).put("message", message).build();
        return response(request).put("error", error).build().toString().getBytes(UTF_8);
    }

    private static Json.ObjectBuilder response(Json.Obj request) {
        return Json.object().put("jsonrpc", "2.0").putIfPresent("id", request.get("id"));
    }

    private McpClient connect() {
        return McpClient.builder(InProcessTransport.exchanges(endpoint.host()))
                .eitherEra()
                .connect();
    }

    @Test
    void beginsASessionWhenTheServerRefusesWithoutAMessage() {
        serveLegacy((message, reply) -> reply.answer(ReplyStatus.MALFORMED, null));

        try (var client = connect()) {
            assertThat(client.protocolVersion()).isEqualTo("2025-06-18");
            assertThat(client.tools()).isEmpty();
        }
        assertThat(methods)
                .containsExactly(
                        "server/discover null", "initialize null", "notifications/initialized s-1", "tools/list s-1");
    }

    @Test
    void beginsASessionWhenTheServerDoesNotKnowTheMethod() {
        serveLegacy((message, reply) ->
                reply.answer(ReplyStatus.UNKNOWN_METHOD, error(message, -32601, "Method not found")));

        try (var client = connect()) {
            assertThat(client.protocolVersion()).isEqualTo("2025-06-18");
        }
    }

    @Test
    void beginsASessionWhenTheServerSupportsLegacyRevisionsOnly() {
        var legacyOnly = Json.object()
                .put("supportedVersions", Json.texts(List.of("2025-11-25")))
                .build();
        serveLegacy((message, reply) -> reply.answer(ReplyStatus.RESULT, result(message, legacyOnly)));

        try (var client = connect()) {
            assertThat(client.protocolVersion()).isEqualTo("2025-06-18");
        }
    }

    @Test
    void beginsASessionWhenALastingConnectionIgnoresOtherRequests() {
        serveLegacy((message, reply) -> {});

        try (var client = McpClient.builder(InProcessTransport.connection(endpoint.host()))
                .timeout(Duration.ofMillis(50))
                .eitherEra()
                .connect()) {
            assertThat(client.protocolVersion()).isEqualTo("2025-06-18");
        }
    }

    @Test
    void sendsNoRequestBeforeTheServerAcceptedTheSession() {
        var accepted = new CompletableFuture<Reply>();
        serve((message, reply) -> {
            switch (String.valueOf(message.text("method"))) {
                case "initialize" -> reply.answer(new ReplyStatus.Result("s-1"), result(message, INITIALIZED));
                case "notifications/initialized" -> accepted.complete(reply);
                default -> reply.answer(ReplyStatus.MALFORMED, null);
            }
        });

        var connected = CompletableFuture.supplyAsync(this::connect);
        var reply = accepted.join();
        assertThat(connected).isNotDone();
        reply.answer(ReplyStatus.ACCEPTED, null);

        connected.join().close();
    }

    @Test
    void doesNotTryAgainWhenTheServerRefusesTheCredentials() {
        serve((message, reply) -> reply.answer(
                new ReplyStatus.Unauthenticated("Bearer"), error(message, -32600, "Authentication required")));

        assertThatThrownBy(this::connect)
                .isInstanceOf(PortException.ProtocolErrorException.class)
                .hasMessageContaining("Authentication required");
        assertThat(methods).containsExactly("server/discover null");
    }

    @Test
    void doesNotTryAgainWhenTheConnectionBreaks() {
        serve((message, reply) -> {
            reply.open(ReplyStatus.RESULT);
            reply.end();
        });

        assertThatThrownBy(this::connect).isInstanceOf(PortException.UnavailableException.class);
        assertThat(methods).containsExactly("server/discover null");
    }

    @Test
    void reportsTheFirstErrorWhenTheServerRefusesBothEras() {
        serve((message, reply) ->
                reply.answer(ReplyStatus.RESULT, error(message, -32000, String.valueOf(message.text("method")))));

        assertThatThrownBy(this::connect)
                .hasMessageContaining("server/discover")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .singleElement()
                        .satisfies(second -> assertThat(second).hasMessageContaining("initialize")));
    }

    @Test
    void closesTheTransportWhenItCannotConnect() {
        serve((message, reply) -> reply.answer(ReplyStatus.RESULT, error(message, -32000, "No")));

        assertThatThrownBy(() -> McpClient.builder(InProcessTransport.connection(endpoint.host()))
                        .eitherEra()
                        .connect())
                .hasMessageContaining("No");
        assertThat(endpoint.closed().getCount()).isZero();
    }
}
