package io.breakwater.core.presentation.protocol.legacy;

import io.breakwater.core.presentation.json.Message;
import io.breakwater.core.presentation.json.ParsedJson;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What the call of a stream is about. It is part of the name of the stream, so every process can decide who may resume
 * the stream. A client that changes the name finds no stream.
 *
 * @param name the name or URI; empty if it is too long for the name of a stream
 */
record StreamTarget(TargetKind kind, String name) {
    private static final int MAX_BYTES = 1_024;
    private static final char SEPARATOR = '.';

    /** Returns the target of a request, or null if its method has none. */
    static @Nullable StreamTarget of(Message.Request request) {
        return switch (request.method()) {
            case "tools/call" -> of(TargetKind.TOOL, request.params().text("name"));
            case "prompts/get" -> of(TargetKind.PROMPT, request.params().text("name"));
            case "resources/read" -> of(TargetKind.RESOURCE, request.params().text("uri"));
            case "completion/complete" -> ofReference(request.params().member("ref"));
            default -> null;
        };
    }

    private static @Nullable StreamTarget ofReference(@Nullable ParsedJson reference) {
        if (reference == null) {
            return null;
        }
        return "ref/resource".equals(reference.text("type")) // as CompleteMethod decides
                ? of(TargetKind.RESOURCE_TEMPLATE, reference.text("uri"))
                : of(TargetKind.PROMPT, reference.text("name"));
    }

    private static StreamTarget of(TargetKind kind, @Nullable String name) {
        return new StreamTarget(kind, name == null ? "" : name);
    }

    /** Returns the name of the stream with this id. */
    String streamName(String id) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var text = bytes.length > MAX_BYTES
                ? ""
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return id + SEPARATOR + letter(kind) + text;
    }

    /** Returns the target in the name of a stream, or null if it has none. */
    static @Nullable StreamTarget inName(String stream) {
        int separator = stream.indexOf(SEPARATOR);
        var kind = separator < 0 || separator + 1 == stream.length() ? null : kind(stream.charAt(separator + 1));
        if (kind == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(stream.substring(separator + 2));
            return new StreamTarget(kind, new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException unreadable) { // not a name that the server wrote
            return null;
        }
    }

    private static char letter(TargetKind kind) {
        return switch (kind) {
            case TOOL -> 't';
            case RESOURCE -> 'r';
            case RESOURCE_TEMPLATE -> 'e';
            case PROMPT -> 'p';
            case TASK -> throw new IllegalArgumentException("A method on a task has no resumable stream.");
        };
    }

    private static @Nullable TargetKind kind(char letter) {
        return switch (letter) {
            case 't' -> TargetKind.TOOL;
            case 'r' -> TargetKind.RESOURCE;
            case 'e' -> TargetKind.RESOURCE_TEMPLATE;
            case 'p' -> TargetKind.PROMPT;
            default -> null;
        };
    }
}
