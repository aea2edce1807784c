package io.breakwater.bootstrap.sdk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A client without a session: it brings everything along in each request, the answers to earlier questions too. */
final class SdkModernClient implements SdkClient {
    private static final String VERSION = "2026-07-28";
    private final SdkTransport wire;
    private final String meta;
    private int lastId;

    private SdkModernClient(SdkTransport wire, String able) {
        this.wire = wire;
        this.meta = """
                "_meta":{"io.modelcontextprotocol/protocolVersion":"%s",\
                "io.modelcontextprotocol/clientCapabilities":%s,\
                "io.modelcontextprotocol/clientInfo":{"name":"ada","version":"1"},\
                "io.modelcontextprotocol/logLevel":"info","progressToken":"p"}""".formatted(VERSION, able);
    }

    /** One that can do everything. */
    static SdkModernClient connect(String address) {
        return connect(address, ABLE);
    }

    /** One with these capabilities. */
    static SdkModernClient connect(String address, String able) {
        return new SdkModernClient(new SdkTransport(address), able);
    }

    @Override
    public Outcome request(String method, String params) throws IOException, InterruptedException {
        var requests = new ArrayList<String>();
        var round = send(method, params, requests);
        while (round.result().path("resultType").asString().equals("input_required")) {
            round = send(method, params + "," + answers(round.result(), requests), requests);
        }
        return round;
    }

    private static String answers(JsonNode question, List<String> requests) {
        var responses = new ArrayList<String>();
        question.path("inputRequests").forEachEntry((key, request) -> {
            var method = request.path("method").asString();
            requests.add(method);
            responses.add("\"%s\":%s".formatted(key, SdkClient.answer(method)));
        });
        return "\"inputResponses\":{%s},\"requestState\":%s"
                .formatted(String.join(",", responses), question.path("requestState"));
    }

    private Outcome send(String method, String params, List<String> requests) throws IOException, InterruptedException {
        var members = params.isEmpty() ? meta : params + "," + meta;
        var message = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s}}"
                .formatted(++lastId, method, members);
        var messages = new ArrayList<JsonNode>();
        try (var answer = wire.send(message, headers(method, message)).messages()) {
            answer.forEach(line -> messages.add(JSON.readTree(line)));
        }
        return new Outcome(messages.removeLast(), messages, requests);
    }

    private static Map<String, String> headers(String method, String message) {
        var headers = new HashMap<>(Map.of("MCP-Protocol-Version", VERSION, "Mcp-Method", method));
        var name = JSON.readTree(message).path("params").path("name");
        if (name.isString()) {
            headers.put("Mcp-Name", name.asString());
        }
        return headers;
    }

    @Override
    public void close() {
        wire.close();
    }
}
