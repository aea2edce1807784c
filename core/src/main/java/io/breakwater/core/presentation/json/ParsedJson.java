package io.breakwater.core.presentation.json;

import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON as the tree of the parser, which validation and codecs share. Packages that do not depend on the parser use the
 * methods that return JDK types and {@link Json}.
 */
public final class ParsedJson {
    /** The empty object. */
    public static final ParsedJson EMPTY = new ParsedJson(JsonNodeFactory.instance.objectNode());

    private final JsonNode tree;

    /** Wraps a tree. */
    public ParsedJson(JsonNode tree) {
        this.tree = tree;
    }

    /** Wraps a value. */
    public static ParsedJson of(Json json) {
        return new ParsedJson(JsonTree.toTree(json));
    }

    /** Parses JSON that this server has written, and that is therefore valid. */
    public static ParsedJson read(byte[] utf8) {
        return new ParsedJson(TreeReader.upTo(utf8.length).read(utf8));
    }

    /** Returns the tree, which must not be modified. */
    public JsonNode tree() {
        return tree;
    }

    /** Returns true for an object. */
    public boolean isObject() {
        return tree.isObject();
    }

    /** Returns the names of the members of an object; none for any other value. */
    public Collection<String> names() {
        return tree.propertyNames();
    }

    /** Returns true if the member is present, even if it is null. */
    public boolean has(String member) {
        return tree.has(member);
    }

    /** Returns the member, or null if it is absent. */
    public @Nullable ParsedJson member(String name) {
        var found = tree.get(name);
        return found == null ? null : new ParsedJson(found);
    }

    /** Returns the member as a string, or null if it is absent or not a string. */
    public @Nullable String text(String name) {
        var found = tree.get(name);
        return found != null && found.isString() ? found.stringValue() : null;
    }

    /** Returns the member as an integer, or a default if it is absent or not an integer. */
    public int integer(String name, int defaultValue) {
        var found = tree.get(name);
        return found != null && found.canConvertToInt() ? found.intValue() : defaultValue;
    }

    /** Returns the JSON text of a string or an integer, for ids and tokens; null for any other value. */
    public @Nullable String idText() {
        if (tree.isIntegralNumber()) {
            return tree.asString();
        }
        return tree.isString() ? JsonWriter.quoted(tree.stringValue()) : null;
    }

    /** Returns the member as the id of a request, or null if it is absent or not a valid id. */
    public @Nullable RequestId requestId(String name) {
        var found = member(name);
        var text = found == null ? null : found.idText();
        return text == null ? null : new RequestId(text);
    }

    /** Returns the value as {@link Json}. */
    public Json json() {
        return JsonTree.fromTree(tree);
    }

    /** Returns the member as an object, or the empty object if it is absent or not an object. */
    public Json.Obj object(String name) {
        var found = tree.get(name);
        return found != null && found.isObject() ? JsonTree.objectFromTree(found) : Json.Obj.EMPTY;
    }
}
