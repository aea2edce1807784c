package io.breakwater.core.presentation.json;

import java.io.Serial;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one way this server reads JSON: strictly, exactly and within bounds.
 *
 * <p>Strictly: a name given twice, or anything behind the value, is an error. Exactly: fractions are decimals as
 * written, {@code 1.10} keeps its zero. Within bounds: nesting, the length of numbers and of texts are limited while
 * reading, so that a hostile document costs no more than its bytes, and leaves nothing behind when it has been read.
 *
 * <p>Builds the tree straight from the parser: a mapper would do the same with more ceremony for each message, and
 * brings hundreds of classes to the start of a process that needs none of them. Thread-safe.
 */
public final class TreeReader {
    /** How deep arrays and objects may nest. */
    public static final int MAX_DEPTH = 64;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    /**
     * How many bytes a name may have that later messages find in the table of names. The parser keeps up to 6,000 names
     * there for as long as it lives, whoever sent them.
     */
    static final int LONGEST_SHARED_NAME = 128;

    private static final int LONGEST_NAME = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int maxBytes;
    private final JsonFactory shared;

    private TreeReader(int maxBytes) {
        this.maxBytes = maxBytes;
        this.shared = factory(maxBytes, LONGEST_SHARED_NAME);
    }

    /**
     * A reader of documents of at most that many bytes.
     *
     * @param maxBytes the largest document that is handed in, and so the longest text inside one
     */
    public static TreeReader upTo(int maxBytes) {
        return new TreeReader(maxBytes);
    }

    private static JsonFactory factory(int maxBytes, int longestName) {
        return JsonFactory.builder()
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Messages are read on the few threads that receive them.
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxStringLength(maxBytes)
                        .maxNameLength(longestName)
                        .build())
                .build();
    }

    /**
     * The document in these bytes; the missing node when there is nothing but space.
     *
     * @throws tools.jackson.core.JacksonException when they are no such document; the message says why
     */
    public JsonNode read(byte[] utf8) {
        return read(factory -> factory.createParser(ObjectReadContext.empty(), utf8));
    }

    /** The document in this text, as from bytes. */
    public JsonNode read(String text) {
        return read(factory -> factory.createParser(ObjectReadContext.empty(), text));
    }

    /** A document with a long name is read again, with a table of names that is dropped with it. */
    private JsonNode read(Function<JsonFactory, JsonParser> opener) {
        try {
            return document(opener.apply(shared));
        } catch (StreamConstraintsException beyondBounds) {
            return document(opener.apply(factory(maxBytes, LONGEST_NAME)));
        }
    }

    private static JsonNode document(JsonParser open) {
        try (var parser = open) {
            return root(parser);
        }
    }

    private static JsonNode root(JsonParser parser) {
        var first = parser.nextToken();
        if (first == null) {
            return MissingNode.getInstance();
        }
        var tree = value(parser, first);
        if (parser.nextToken() != null) {
            throw new AmbiguousJsonException(parser, "something follows its end");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new StreamReadException(parser, "No value begins with " + token);
        };
    }

    /** JSON that two readers could read in two ways. Its message has no words of the document. */
    static final class AmbiguousJsonException extends StreamReadException {
        @Serial
        private static final long serialVersionUID = 1L;

        AmbiguousJsonException(JsonParser parser, String why) {
            super(parser, why);
        }
    }

    private static ObjectNode object(JsonParser parser) {
        var object = NODES.objectNode();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            if (object.replace(name, value(parser, parser.nextToken())) != null) {
                throw new AmbiguousJsonException(parser, "a name is written twice in one object");
            }
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) {
        var array = NODES.arrayNode();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }
}
