package io.breakwater.bootstrap.sdk;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** A client that calls tools and answers whatever it is asked, in one of the two eras. */
interface SdkClient extends AutoCloseable {
    /** Parses and writes for all clients. */
    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** What a client of these tests can do. */
    String ABLE = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";

    /**
     * How a request went.
     *
     * @param response the last message, with a result or an error
     * @param told the notifications before it
     * @param asked the methods of the questions before it
     */
    record Outcome(JsonNode response, List<JsonNode> told, List<String> asked) {
        JsonNode result() {
            return response.path("result");
        }

        JsonNode error() {
            return response.path("error");
        }

        String text() {
            return result().path("content").path(0).path("text").asString();
        }

        List<JsonNode> told(String method) {
            var found = new ArrayList<>(told);
            found.removeIf(message -> !message.path("method").asString().equals(method));
            return found;
        }
    }

    /** Sends a request with these parameters, as JSON without the braces. */
    Outcome request(String method, String params) throws Exception;

    /** Calls a tool, asking for its progress. */
    default Outcome call(String tool, String arguments) throws Exception {
        return request("tools/call", "\"name\":\"%s\",\"arguments\":%s".formatted(tool, arguments));
    }

    @Override
    void close();

    /** The result by which people, models and folders answer in these tests. */
    static String answer(String method) {
        return switch (method) {
            case "elicitation/create" -> "{\"action\":\"accept\",\"content\":{\"sure\":true,\"name\":\"Ada\"}}";
            case "sampling/createMessage" ->
                "{\"role\":\"assistant\",\"model\":\"m\",\"content\":{\"type\":\"text\",\"text\":\"So sorry.\"}}";
            case "roots/list" -> "{\"roots\":[{\"uri\":\"file:///home/ada\",\"name\":\"home\"}]}";
            default -> throw new AssertionError("Asked by " + method);
        };
    }
}
