package io.breakwater.core.presentation.json;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A piece of JSON as the parser left it, so that validation and binding need not build it again. Rooms that do not know
 * the parser read it through the methods that answer JDK types and {@link Json}.
 */
public final class ParsedJson {
    /** The empty object. */
    public static final ParsedJson EMPTY = new ParsedJson(JsonNodeFactory.instance.objectNode());

    private final JsonNode tree;

    /** Wraps a parsed value. */
    public ParsedJson(JsonNode tree) {
        this.tree = tree;
    }

    /** Wraps a value. */
    public static ParsedJson of(Json json) {
        return new ParsedJson(JsonTree.toTree(json));
    }

    /** Reads what this server itself once wrote, and so trusts to be JSON. */
    public static ParsedJson read(byte[] utf8) {
        return new ParsedJson(TreeReader.upTo(utf8.length).read(utf8));
    }

    /** The parser's own form; not to be changed. */
    public JsonNode tree() {
        return tree;
    }

    /** True for an object. */
    public boolean isObject() {
        return tree.isObject();
    }

    /** True when the member is there, null included. */
    public boolean has(String member) {
        return tree.has(member);
    }

    /** The member, or null when it is not there. */
    public @Nullable ParsedJson member(String name) {
        var found = tree.get(name);
        return found == null ? null : new ParsedJson(found);
    }

    /** The text of the member, or null when it is not there or no text. */
    public @Nullable String text(String name) {
        var found = tree.get(name);
        return found != null && found.isString() ? found.stringValue() : null;
    }

    /** The integer of the member, or another when it is not there or none. */
    public int integer(String name, int otherwise) {
        var found = tree.get(name);
        return found != null && found.canConvertToInt() ? found.intValue() : otherwise;
    }

    /** The JSON text of a string or an integer, as ids and tokens are; null for anything else. */
    public @Nullable String idText() {
        if (tree.isIntegralNumber()) {
            return tree.asString();
        }
        return tree.isString() ? JsonWriter.quoted(tree.stringValue()) : null;
    }

    /** The member as the id of a request; null when it is not there or cannot be one. */
    public @Nullable RequestId requestId(String name) {
        var found = member(name);
        var text = found == null ? null : found.idText();
        return text == null ? null : new RequestId(text);
    }

    /** The value itself. */
    public Json json() {
        return JsonTree.fromTree(tree);
    }

    /** The member as an object; the empty object when it is not there or no object. */
    public Json.Obj object(String name) {
        var found = tree.get(name);
        return found != null && found.isObject() ? JsonTree.objectFromTree(found) : Json.Obj.EMPTY;
    }
}
