package io.breakwater.port.driven;

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
public final class ServiceMessage {
    private static final int MAX_LENGTH = 300;

    /** A longer body is not parsed: a message for readers is short. */
    private static final int MAX_PARSED = 16 << 10;

    /** The names for such members that problem details (RFC 9457), OAuth and common frameworks use. */
    private static final List<String> MEMBERS =
            List.of("detail", "message", "error_description", "error", "title", "reason", "errors");

    private static final String IPV4 = "\\d{1,3}(?:\\.\\d{1,3}){3}";
    private static final String GROUPS = "[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){0,6}+";

    private static final String INTERFACE = "(?:%\\w{1,20})?+";

    /**
     * URLs, addresses, and hosts with a port. A name of one label is a host if its port has four digits, or if it contains a
     * digit or a hyphen; {@code status:500} is neither. All repetitions are limited or possessive.
     */
    private static final Pattern ADDRESSES = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://[^\\s\"'<>]*+"
            + "|\\[[0-9A-Fa-f:.]{2,45}" + INTERFACE + "\\](?::\\d{1,5})?+"
            + "|(?<![\\w:])[0-9A-Fa-f:]{2,40}:" + IPV4
            + "|(?<![\\w:])(?:" + GROUPS + ")?::" + GROUPS + INTERFACE
            + "|(?<![\\w:])" + GROUPS + "::"
            + "|(?<![\\w:])[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{1,4}){5,7}+" + INTERFACE
            + "|(?<!\\d)" + IPV4 + "(?::\\d{1,5})?+"
            + "|(?<![\\w.-])(?:localhost|[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,5}):\\d{2,5}"
            + "|(?<![\\w.-])[A-Za-z]\\w{0,62}:\\d{4,5}"
            + "|(?<![\\w.-])(?=[A-Za-z]{1,62}[0-9_-])[A-Za-z][\\w-]{1,62}:\\d{2,5}");

    /** Paths of files, on Unix in the usual top folders, because others look like the paths of requests. */
    private static final Pattern PATHS = Pattern.compile(
            "(?<![\\w/])/(?:app|bin|boot|data|dev|etc|home|lib|lib64|media|mnt|opt|private|proc|root|run|sbin|srv|sys|tmp"
                    + "|usr|var|Users|Volumes)/[^\\s\"'<>:]*+"
                    + "|(?<!\\w)[A-Za-z]:[\\\\/][^\\s\"'<>|]*+"
                    + "|\\\\\\\\[^\\s\"'<>|]++");

    private ServiceMessage() {}

    /** Returns the message in quotes; empty if the response has none. */
    public static Optional<String> find(Response response) {
        var type = response.field("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (response.body().length == 0 || response.body().length > MAX_PARSED) {
            return Optional.empty();
        }
        var text = new String(response.body(), StandardCharsets.UTF_8);
        var message = type.contains("json")
                ? ofJson(text)
                : type.startsWith("text/plain") ? text.strip().lines().findFirst() : Optional.<String>empty();
        return shown(message);
    }

    /** Returns the message of a body in quotes, whatever its media type; empty if it has none. */
    public static Optional<String> of(Json.Obj body) {
        return shown(find(body, 0));
    }

    private static Optional<String> shown(Optional<String> message) {
        return message.filter(said -> !said.isBlank()).map(ServiceMessage::shown);
    }

    private static String shown(String message) {
        var bounded = message.length() > 4 * MAX_LENGTH ? message.substring(0, 4 * MAX_LENGTH) : message;
        var line = bounded.strip().lines().findFirst().orElse("");
        return VisibleText.quoted(withoutInternals(line), MAX_LENGTH);
    }

    private static String withoutInternals(String line) {
        var named = ADDRESSES.matcher(line).replaceAll("(address)");
        return PATHS.matcher(named).replaceAll("(path)");
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
