package io.breakwater.bootstrap.client;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Parses JSON from a server or from the command line. */
public final class ParsedJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ParsedJson() {}

    /** Returns the value, or null when the text is not JSON. */
    public static @Nullable Json of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the value, or null when the bytes are not JSON. */
    static @Nullable Json of(byte[] utf8) {
        try {
            var tree = MAPPER.readTree(utf8);
            return tree.isMissingNode() ? null : json(tree);
        } catch (JacksonException broken) {
            return null;
        }
    }

    private static Json json(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> Json.of(node.stringValue());
            case NUMBER -> Json.of(new BigDecimal(node.asString()));
            case BOOLEAN -> Json.of(node.booleanValue());
            case NULL, MISSING, BINARY, POJO -> Json.Null.NULL;
        };
    }

    private static Json object(JsonNode node) {
        var object = Json.object();
        node.forEachEntry((name, value) -> object.put(name, json(value)));
        return object.build();
    }

    private static Json array(JsonNode node) {
        var items = new ArrayList<Json>(node.size());
        node.forEach(item -> items.add(json(item)));
        return new Json.Arr(items);
    }
}
