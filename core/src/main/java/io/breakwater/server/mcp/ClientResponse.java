package io.breakwater.server.mcp;

import io.breakwater.core.presentation.codec.BindingResult;
import io.breakwater.core.presentation.codec.FormCodec;
import io.breakwater.core.validation.Violation;
import io.breakwater.port.Json;
import java.util.stream.Collectors;

/**
 * The response of the client to a {@link ClientRequest}. The entries of a form match its schema; everything else is
 * untrusted input that the handler must check.
 *
 * @param result the {@code ElicitResult}, {@code CreateMessageResult} or {@code ListRootsResult}
 */
public record ClientResponse(Json.Obj result) {

    /** Returns true if the user submitted the form or agreed to the visit. */
    public boolean accepted() {
        return "accept".equals(result.text("action"));
    }

    /** Returns the entries of a form, otherwise the empty object. Check first whether the user {@link #accepted}. */
    public Json.Obj content() {
        return result.object("content");
    }

    /**
     * Returns the entries as the record from which the form was created.
     *
     * @throws ToolException {@link ErrorCode#DECLINED} if the user declined or closed the form; uncaught, it ends the
     *     call with this error
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
                        "The user's entries do not match the form: "
                                + violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        };
    }

    /** Returns the text of the model's message (sampling), one line for each block; empty if it has no text. */
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
