package io.breakwater.core.presentation.protocol;

import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** JSON as tests write it: with single quotes. */
public final class QuotedJson {
    private QuotedJson() {}

    /** The JSON text. */
    public static String text(String quoted) {
        return quoted.replace('\'', '"');
    }

    /** The object. */
    public static Json.Obj json(String quoted) {
        return (Json.Obj)
                ParsedJson.read(text(quoted).getBytes(StandardCharsets.UTF_8)).json();
    }

    /** The items of the array under that name. */
    public static List<Json> items(Json.Obj object, String member) {
        if (!(object.get(member) instanceof Json.Arr(var items))) {
            throw new AssertionError("No array \"" + member + "\" in " + object);
        }
        return items;
    }
}
