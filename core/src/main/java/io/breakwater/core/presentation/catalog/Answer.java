package io.breakwater.core.presentation.catalog;

import io.breakwater.port.Json;

/**
 * What the client answered. It comes from outside: check what you use.
 *
 * @param result the {@code ElicitResult}, {@code CreateMessageResult} or {@code ListRootsResult}
 */
public record Answer(Json.Obj result) {

    /** True when the user filled in the form or agreed to the visit. */
    public boolean accepted() {
        return "accept".equals(result.text("action"));
    }

    /** The user's entries (form), empty otherwise. */
    public Json.Obj entries() {
        return result.object("content");
    }

    /** The text the model gave (sampling), empty when it gave none. */
    public String sampledText() {
        var text = result.object("content").text("text");
        return text == null ? "" : text;
    }
}
