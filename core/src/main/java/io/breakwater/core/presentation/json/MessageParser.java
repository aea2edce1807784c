package io.breakwater.core.presentation.json;

import java.util.AbstractList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/**
 * Parses JSON-RPC messages strictly: it refuses JSON that two parsers could read differently (a duplicate name, half a
 * surrogate pair, bytes that are not UTF-8). Thread-safe.
 */
public final class MessageParser {
    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;

    private final TreeReader reader;
    private final int maxBytes;

    /** Creates a parser for messages of at most this many bytes. */
    public MessageParser(int maxBytes) {
        this.reader = TreeReader.upTo(maxBytes);
        this.maxBytes = maxBytes;
    }

    /** Returns the message in these bytes. */
    public Message read(byte[] utf8) throws MalformedMessageException {
        var tree = parse(utf8);
        if (tree.isArray()) {
            return batch(tree);
        }
        return read(tree);
    }

    /** Returns the message in an element of a batch. */
    public Message read(ParsedJson element) throws MalformedMessageException {
        return read(element.tree());
    }

    private JsonNode parse(byte[] utf8) throws MalformedMessageException {
        if (utf8.length > maxBytes) {
            throw new MalformedMessageException(
                    INVALID_REQUEST, "Invalid request: the message is longer than " + maxBytes + " bytes", null);
        }
        if (!UnicodeCheck.text(utf8)) {
            throw new MalformedMessageException(
                    PARSE_ERROR, "Parse error: the message is not well-formed UTF-8 text", null);
        }
        try {
            var tree = reader.read(utf8);
            if (tree.isMissingNode()) {
                throw new MalformedMessageException(PARSE_ERROR, "Parse error: the message is empty", null);
            }
            return tree;
        } catch (JacksonException e) {
            throw new MalformedMessageException(PARSE_ERROR, "Parse error: " + describe(e), null);
        }
    }

    /** Returns the cause and the position. It does not use the parser's message, which would quote the document. */
    private static String describe(JacksonException e) {
        var location = e.getLocation();
        var where = location == null || location.getLineNr() < 0
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return cause(e) + where;
    }

    private static String cause(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException bounds ->
                "it is nested deeper than " + TreeReader.MAX_DEPTH + " levels, or a number in it is longer than "
                        + TreeReader.MAX_NUMBER_LENGTH + " characters, or a name is too long";
            case UnexpectedEndOfInputException end -> "it ends before it is complete";
            case TreeReader.AmbiguousJsonException unclear -> unclear.getOriginalMessage();
            case TreeReader.UnsupportedNumberException number -> number.getOriginalMessage();
            default -> "it is not JSON";
        };
    }

    private static Message batch(JsonNode tree) throws MalformedMessageException {
        if (tree.isEmpty()) {
            throw new MalformedMessageException(INVALID_REQUEST, "Invalid request: a batch must not be empty", null);
        }
        return new Message.Batch(new Elements(tree));
    }

    /**
     * The elements of a batch, created on demand, so that a batch that is refused for its length costs nothing more.
     */
    private static final class Elements extends AbstractList<ParsedJson> {
        private final JsonNode tree;

        Elements(JsonNode tree) {
            this.tree = tree;
        }

        @Override
        public ParsedJson get(int index) {
            return new ParsedJson(tree.get(index));
        }

        @Override
        public int size() {
            return tree.size();
        }
    }

    private static Message read(JsonNode tree) throws MalformedMessageException {
        if (!tree.isObject()) {
            throw new MalformedMessageException(
                    INVALID_REQUEST, "Invalid request: a message must be a JSON object", null);
        }
        var method = tree.get("method");
        var id = isErrorWithoutId(tree, method) ? null : id(tree.get("id"));
        var version = tree.get("jsonrpc");
        if (version == null || !version.isString() || !"2.0".equals(version.stringValue())) {
            throw new MalformedMessageException(INVALID_REQUEST, "Invalid request: \"jsonrpc\" must be \"2.0\"", id);
        }
        return method == null ? response(tree, id) : call(tree, id, method);
    }

    /**
     * Returns whether the message is an error without an id, about a request that could not be read (JSON-RPC 2.0,
     * section 5).
     */
    private static boolean isErrorWithoutId(JsonNode tree, @Nullable JsonNode method) {
        return method == null && tree.has("error") && tree.path("id").isNull();
    }

    private static Message call(JsonNode tree, @Nullable RequestId id, JsonNode method)
            throws MalformedMessageException {
        if (!method.isString()) {
            throw new MalformedMessageException(INVALID_REQUEST, "Invalid request: \"method\" must be a string", id);
        }
        var params = tree.get("params");
        if (params != null && !params.isObject()) {
            throw new MalformedMessageException(INVALID_REQUEST, "Invalid request: \"params\" must be an object", id);
        }
        var document = params == null ? ParsedJson.EMPTY : new ParsedJson(params);
        return id == null
                ? new Message.Notification(method.stringValue(), document)
                : new Message.Request(id, method.stringValue(), document);
    }

    private static Message response(JsonNode tree, @Nullable RequestId id) throws MalformedMessageException {
        var result = tree.get("result");
        var error = tree.get("error");
        boolean one = (result == null) != (error == null);
        if (!one || (id == null && error == null)) {
            throw new MalformedMessageException(
                    INVALID_REQUEST,
                    "Invalid request: a message must have a \"method\", or an \"id\" and either"
                            + " \"result\" or \"error\"",
                    id);
        }
        return new Message.Response(
                id, result == null ? null : new ParsedJson(result), error == null ? null : new ParsedJson(error));
    }

    /** Returns the id, a string or an integer; MCP does not allow null (2026-07-28, basic: requests). */
    private static @Nullable RequestId id(@Nullable JsonNode id) throws MalformedMessageException {
        if (id == null) {
            return null;
        }
        var text = new ParsedJson(id).idText();
        if (text != null) {
            return new RequestId(text);
        }
        throw new MalformedMessageException(
                INVALID_REQUEST, "Invalid request: \"id\" must be a string or an integer", null);
    }
}
