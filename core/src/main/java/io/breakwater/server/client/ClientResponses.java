package io.breakwater.server.client;

import io.breakwater.port.Json;
import java.util.ArrayList;

/** Builds the responses of a client to client requests, as MCP defines them. */
public final class ClientResponses {
    private ClientResponses() {}

    /** The user submitted the form, or agreed to visit the URL. */
    public static Json.Obj accepted(Json.Obj entries) {
        return Json.object().put("action", "accept").put("content", entries).build();
    }

    /** The user declined. */
    public static Json.Obj declined() {
        return Json.object().put("action", "decline").build();
    }

    /** The user closed the form without a choice. */
    public static Json.Obj cancelled() {
        return Json.object().put("action", "cancel").build();
    }

    /** A message that the model generated, as text. */
    public static Json.Obj sampled(String text) {
        var content = Json.object().put("type", "text").put("text", text).build();
        return Json.object()
                .put("role", "assistant")
                .put("content", content)
                .put("model", "model")
                .put("stopReason", "endTurn")
                .build();
    }

    /** The client's roots. */
    public static Json.Obj roots(String... uris) {
        var roots = new ArrayList<Json>();
        for (var uri : uris) {
            roots.add(Json.object().put("uri", uri).build());
        }
        return Json.object().put("roots", new Json.Arr(roots)).build();
    }
}
