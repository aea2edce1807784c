package io.breakwater.bootstrap.sdk;

import io.breakwater.adapter.mcp.SdkOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A client with a session. Whatever the server sends it, the SDK's typed model must understand to the last member. */
final class SdkLegacyClient implements SdkClient {
    private static final String VERSION = "2025-11-25";

    private final SdkOracle oracle = new SdkOracle();
    private final Map<String, String> headers = new HashMap<>();
    private final SdkTransport wire;
    private final UnaryOperator<String> answers;
    private int lastId;

    private SdkLegacyClient(SdkTransport wire, UnaryOperator<String> answers) {
        this.wire = wire;
        this.answers = answers;
    }

    /** One that can do everything and answers everything. */
    static SdkLegacyClient connect(String address) throws Exception {
        return connect(address, ABLE, method -> "\"result\":" + SdkClient.answer(method));
    }

    /**
     * One of its own kind.
     *
     * @param able its capabilities
     * @param answers how it answers a method: the member {@code result} or {@code error}
     */
    static SdkLegacyClient connect(String address, String able, UnaryOperator<String> answers) throws Exception {
        var client = new SdkLegacyClient(new SdkTransport(address), answers);
        var opening =
                "\"protocolVersion\":\"%s\",\"capabilities\":%s,\"clientInfo\":{\"name\":\"ada\",\"version\":\"1\"}"
                        .formatted(VERSION, able);
        client.request("initialize", opening);
        client.headers.put("MCP-Protocol-Version", VERSION);
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        return client;
    }

    @Override
    public Outcome request(String method, String params) throws IOException, InterruptedException {
        var meta = method.equals("tools/call") ? ",\"_meta\":{\"progressToken\":%d}".formatted(++lastId) : "";
        var notifications = new ArrayList<JsonNode>();
        var requests = new ArrayList<String>();
        var answer = wire.send(
                "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s%s}}"
                        .formatted(++lastId, method, params, meta),
                headers);
        answer.response().headers().firstValue("Mcp-Session-Id").ifPresent(id -> headers.put("Mcp-Session-Id", id));
        try (var messages = answer.messages()) {
            return outcome(method, messages.iterator(), notifications, requests);
        }
    }

    private Outcome outcome(
            String method, Iterator<String> messages, List<JsonNode> notifications, List<String> requests)
            throws IOException, InterruptedException {
        while (messages.hasNext()) {
            var text = messages.next();
            var message = JSON.readTree(text);
            if (!message.has("method")) {
                oracle.understandsResponse(method, text.getBytes(StandardCharsets.UTF_8));
                return new Outcome(message, notifications, requests);
            }
            oracle.understands(text.getBytes(StandardCharsets.UTF_8));
            hear(message, notifications, requests);
        }
        throw new AssertionError("The server gave no response to " + method);
    }

    private void hear(JsonNode message, List<JsonNode> notifications, List<String> requests)
            throws IOException, InterruptedException {
        if (!message.has("id")) {
            notifications.add(message);
            return;
        }
        var method = message.path("method").asString();
        requests.add(method);
        post("{\"jsonrpc\":\"2.0\",\"id\":%s,%s}".formatted(message.get("id"), answers.apply(method)));
    }

    private void post(String message) throws IOException, InterruptedException {
        try (var answer = wire.send(message, headers).response().body()) {
            answer.forEach(line -> {});
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
