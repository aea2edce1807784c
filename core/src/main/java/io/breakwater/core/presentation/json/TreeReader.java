package io.breakwater.core.presentation.json;

import java.io.Serial;
import java.math.BigDecimal;
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
 * Parses JSON into a tree; all JSON of this server is parsed here. Parsing is strict, exact and limited.
 *
 * <p>Strict: a duplicate name, or content after the value, is an error. Exact: fractions are decimals as written, and
 * {@code 1.10} keeps its zero. Limited: the nesting and the length of numbers and strings are limited during parsing,
 * so that a hostile document costs no more than its bytes and leaves nothing in memory.
 *
 * <p>It builds the tree directly from the parser. A mapper would take more time for each message, and would load
 * hundreds of unneeded classes at start-up. Thread-safe.
 */
public final class TreeReader {
    /** The maximum nesting of arrays and objects. */
    public static final int MAX_DEPTH = 64;

    /** The maximum number of characters of a number. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    /**
     * The maximum number of bytes of a name in the shared table of names. The parser stores up to 6,000 names there for
     * its whole lifetime, whichever client sent them.
     */
    static final int MAX_SHARED_NAME_BYTES = 128;

    private static final long MAX_EXPONENT = 999_999_999;
    private static final int MAX_NAME_LENGTH = StreamReadConstraints.DEFAULT_MAX_NAME_LEN;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int maxBytes;
    private final JsonFactory shared;

    private TreeReader(int maxBytes) {
        this.maxBytes = maxBytes;
        this.shared = factory(maxBytes, MAX_SHARED_NAME_BYTES);
    }

    /**
     * Returns a reader for documents of at most this many bytes.
     *
     * @param maxBytes the maximum size of a document, and therefore of a string inside it
     */
    public static TreeReader upTo(int maxBytes) {
        return new TreeReader(maxBytes);
    }

    private static JsonFactory factory(int maxBytes, int longestName) {
        return JsonFactory.builder()
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // The threads that receive messages parse them, and they are few.
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
     * Parses a document; returns the missing node if there is only white space.
     *
     * @throws tools.jackson.core.JacksonException if the bytes are not such a document; the message has the reason
     */
    public JsonNode read(byte[] utf8) {
        return read(factory -> factory.createParser(ObjectReadContext.empty(), utf8));
    }

    /** Parses a document from text. */
    public JsonNode read(String text) {
        return read(factory -> factory.createParser(ObjectReadContext.empty(), text));
    }

    /**
     * Parses a document; one with a long name is parsed again with its own table of names, which is discarded
     * afterwards.
     */
    private JsonNode read(Function<JsonFactory, JsonParser> parserFactory) {
        try {
            return document(parserFactory.apply(shared));
        } catch (StreamConstraintsException e) {
            return document(parserFactory.apply(factory(maxBytes, MAX_NAME_LENGTH)));
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
            throw new AmbiguousJsonException(parser, "there is content after its end");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(decimal(parser));
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new StreamReadException(parser, "No value begins with " + token);
        };
    }

    /**
     * Returns a number with a fraction or an exponent. The exponent has at most nine digits, also as {@link
     * BigDecimal#toString} writes it, so that every reader of JSON in this program can read the number again.
     */
    private static BigDecimal decimal(JsonParser parser) {
        try {
            var number = parser.getDecimalValue();
            if (Math.abs(number.precision() - 1L - number.scale()) <= MAX_EXPONENT) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            // The parser reports a wrong exponent with these exceptions, and not as an error of the document.
        }
        throw new UnsupportedNumberException(parser);
    }

    /** The exponent of a number is too large. */
    static final class UnsupportedNumberException extends StreamReadException {
        @Serial
        private static final long serialVersionUID = 1L;

        UnsupportedNumberException(JsonParser parser) {
            super(parser, "the exponent of a number in it is too large");
        }
    }

    /** The JSON is ambiguous: two parsers could read it differently. The message does not quote the document. */
    static final class AmbiguousJsonException extends StreamReadException {
        @Serial
        private static final long serialVersionUID = 1L;

        AmbiguousJsonException(JsonParser parser, String reason) {
            super(parser, reason);
        }
    }

    private static ObjectNode object(JsonParser parser) {
        var object = NODES.objectNode();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            if (object.replace(name, value(parser, parser.nextToken())) != null) {
                throw new AmbiguousJsonException(parser, "an object has a duplicate name");
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
