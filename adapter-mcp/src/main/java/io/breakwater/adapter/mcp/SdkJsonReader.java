package io.breakwater.adapter.mcp;

import io.breakwater.port.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Parses the bytes that the SDK's mapper wrote into {@link Json}, without loss of digits. */
final class SdkJsonReader {
    /**
     * The bytes come from this process, so long strings and numbers are safe; deep nesting could still overflow the
     * stack.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private SdkJsonReader() {}

    static Json parse(byte[] utf8) {
        try (var parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            parser.nextToken();
            return value(parser);
        }
    }

    private static Json value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> Json.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Json.of(parser.getDecimalValue());
            case VALUE_TRUE -> Json.Bool.TRUE;
            case VALUE_FALSE -> Json.Bool.FALSE;
            case VALUE_NULL -> Json.Null.NULL;
            default -> throw new IllegalStateException("No JSON value can start with " + parser.currentToken());
        };
    }

    private static Json.Obj object(JsonParser parser) {
        var members = new LinkedHashMap<String, Json>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new Json.Obj(members);
    }

    private static Json.Arr array(JsonParser parser) {
        var items = new ArrayList<Json>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return new Json.Arr(items);
    }
}
