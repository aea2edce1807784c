package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.FormCodec;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import java.util.stream.Collectors;

/**
 * What the client answered. The entries of a form fit its schema; everything else comes from outside: check what you
 * use.
 *
 * @param result the {@code ElicitResult}, {@code CreateMessageResult} or {@code ListRootsResult}
 */
public record ClientResponse(Json.Obj result) {

    /** True when the user filled in the form or agreed to the visit. */
    public boolean accepted() {
        return "accept".equals(result.text("action"));
    }

    /** The user's entries (form), empty otherwise: look first whether the user {@link #accepted}. */
    public Json.Obj content() {
        return result.object("content");
    }

    /**
     * The user's entries as the record that the form was made of.
     *
     * @throws ToolException {@link ErrorCode#DECLINED} when the user declined or closed the form; left alone, it ends
     *     the call and tells the caller so
     */
    public <T extends Record> T content(Class<T> form) {
        if (!accepted()) {
            throw new ToolException(ErrorCode.DECLINED, "The user declined to answer.");
        }
        return switch (FormCodec.of(form).read(content())) {
            case BindingResult.Value<T>(T value) -> value;
            case BindingResult.Refused<T>(var violations) ->
                throw new ToolException(
                        ErrorCode.INVALID_PARAMS,
                        "The user's answer does not fit its form: "
                                + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        };
    }

    /** The text the model gave (sampling), block after block on lines of their own; empty when it gave none. */
    public String sampledText() {
        return switch (result.get("content")) {
            case Json.Obj block -> text(block);
            case Json.Arr(var blocks) ->
                blocks.stream()
                        .map(ClientResponse::text)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
            case null, default -> "";
        };
    }

    private static String text(Json content) {
        var text = content instanceof Json.Obj block && "text".equals(block.text("type")) ? block.text("text") : null;
        return text == null ? "" : text;
    }
}
