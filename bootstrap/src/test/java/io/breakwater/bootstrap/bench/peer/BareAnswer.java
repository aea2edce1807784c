package io.breakwater.bootstrap.bench.peer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses a message as a tree and writes the answer of an echo, the same as the measured server's, whatever else is
 * asked: no ladder, no guard, no schema.
 */
public final class BareAnswer {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final byte[] HELLO =
            ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                            + "\"serverInfo\":{\"name\":\"bare\",\"version\":\"1\"}}}")
                    .getBytes(StandardCharsets.UTF_8);

    private static final byte[] NOTHING = {};

    private BareAnswer() {}

    /** The answer to this message; empty to a notification. */
    public static byte[] to(byte[] message) {
        return to(MAPPER.readTree(message));
    }

    static byte[] to(byte[] line, int offset, int length) {
        return to(MAPPER.readTree(line, offset, length));
    }

    private static byte[] to(JsonNode message) {
        if (!message.path("method").asString("").equals("tools/call")) {
            return message.has("id") ? HELLO : NOTHING;
        }
        var out = new ByteArrayOutputStream(160);
        try (JsonGenerator json = MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("jsonrpc", "2.0");
            json.writeName("id");
            json.writeTree(message.path("id"));
            json.writeObjectPropertyStart("result");
            json.writeArrayPropertyStart("content");
            json.writeStartObject();
            json.writeStringProperty("type", "text");
            json.writeStringProperty(
                    "text",
                    message.path("params").path("arguments").path("message").asString(""));
            json.writeEndObject();
            json.writeEndArray();
            if (message.path("params").has("_meta")) {
                modern(json);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** What 2026-07-28 adds to a result, so that the answer is the same as the measured server's. */
    private static void modern(JsonGenerator json) {
        json.writeStringProperty("resultType", "complete");
        json.writeObjectPropertyStart("_meta");
        json.writeObjectPropertyStart("io.modelcontextprotocol/serverInfo");
        json.writeStringProperty("name", "breakwater-bench");
        json.writeStringProperty("version", "1.0.0");
        json.writeEndObject();
        json.writeEndObject();
    }
}
