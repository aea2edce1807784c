package io.breakwater.core.business.services;

import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.driven.ServiceOutcome.Response;
import io.breakwater.port.support.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what a service says about a failure in the body of its response. Only the members that are meant for readers are
 * used, and only the first line of a text, so that no stack trace and no error page reaches the caller. Addresses, URLs
 * and paths of files are removed, because they are internals of the service.
 */
final class ServiceMessage {
    private static final int MAX_LENGTH = 300;

    /** A longer body is not parsed: a message for readers is short. */
    private static final int MAX_PARSED = 16 << 10;

    /** The names for such members that problem details (RFC 9457), OAuth and common frameworks use. */
    private static final List<String> MEMBERS =
            List.of("detail", "message", "error_description", "error", "title", "reason", "errors");

    /** URLs, addresses, hosts with a port, and paths of files. All repetitions are limited or possessive. */
    private static final Pattern INTERNALS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\\s\"'<>]*+"
            + "|(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?+(?![\\w.])"
            + "|\\[[0-9A-Fa-f:.]{2,45}\\](?::\\d{1,5})?+"
            + "|(?<![\\w.-])(?:localhost|[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,5}):\\d{2,5}"
            + "|(?<![\\w/])/(?:bin|etc|home|opt|root|srv|tmp|usr|var|app)/[^\\s\"'<>:]*+");

    private ServiceMessage() {}

    /** Returns the message in quotes; empty if the response has none. */
    static Optional<String> find(Response response) {
        var type = response.field("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (response.body().length == 0 || response.body().length > MAX_PARSED) {
            return Optional.empty();
        }
        var text = new String(response.body(), StandardCharsets.UTF_8);
        var message = type.contains("json")
                ? ofJson(text)
                : type.startsWith("text/plain") ? text.strip().lines().findFirst() : Optional.<String>empty();
        return message.filter(said -> !said.isBlank()).map(ServiceMessage::shown);
    }

    private static String shown(String message) {
        var bounded = message.length() > 4 * MAX_LENGTH ? message.substring(0, 4 * MAX_LENGTH) : message;
        var line = bounded.strip().lines().findFirst().orElse("");
        return VisibleText.quoted(INTERNALS.matcher(line).replaceAll("(address)"), MAX_LENGTH);
    }

    private static Optional<String> ofJson(String text) {
        try {
            return find(Json.parse(text), 0);
        } catch (JsonSyntaxException notJson) {
            return Optional.empty();
        }
    }

    /** Looks into the members with known names; errors of validation are often objects in an array. */
    private static Optional<String> find(Json json, int depth) {
        return switch (json) {
            case Json.Text(var text) -> Optional.of(text);
            case Json.Obj object
            when depth < 3 ->
                MEMBERS.stream()
                        .map(object::get)
                        .filter(Objects::nonNull)
                        .flatMap(member -> find(member, depth + 1).stream())
                        .findFirst()
                        .or(() -> Optional.ofNullable(object.text("msg")));
            case Json.Arr(var items)
            when depth < 3 ->
                items.stream()
                        .limit(3)
                        .flatMap(item -> position(item).or(() -> find(item, depth + 1)).stream())
                        .reduce((one, other) -> one + "; " + other);
            default -> Optional.empty();
        };
    }

    /** Returns the message about one value, with the place of the value, in the form that FastAPI uses. */
    private static Optional<String> position(Json item) {
        if (!(item instanceof Json.Obj object) || !(object.get("loc") instanceof Json.Arr(var steps))) {
            return Optional.empty();
        }
        var place = steps.stream()
                .flatMap(step -> step instanceof Json.Text(var name)
                        ? Stream.of(name)
                        : step instanceof Json.Decimal ? Stream.of(step.toString()) : Stream.empty())
                .reduce((one, other) -> one + "." + other);
        return place.flatMap(where -> Optional.ofNullable(object.text("msg")).map(msg -> where + ": " + msg));
    }
}
