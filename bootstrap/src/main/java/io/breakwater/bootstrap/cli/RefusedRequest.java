package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.AccessExplanation.ConsideredRule;
import io.breakwater.port.Json;
import io.breakwater.port.JsonSyntaxException;
import io.breakwater.port.PortException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a running server, over its management listener, why it refused a request. */
record RefusedRequest(BreakwaterSettings settings, @Nullable URI url) {
    private static final String PATH = "/access/refusals/";
    private static final String ID = "[A-Za-z0-9._:~-]{1,200}";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /**
     * Returns the answer of the server.
     *
     * @throws NoSuchElementException when the server does not remember the request
     * @throws UnreachableServerException when there is no server or no key
     */
    Json.Obj find(String id) {
        if (!id.matches(ID)) {
            throw unknown(id);
        }
        var request = ManagementRequest.of(settings.management(), url, PATH + id)
                .timeout(TIMEOUT)
                .build();
        try (var client = CommandTrust.client(request.uri(), () -> settings, TIMEOUT)) {
            return answer(id, HealthCommand.send(client, request));
        }
    }

    private Json.Obj answer(String id, HttpResponse<byte[]> response) {
        if (response.statusCode() == 401) {
            throw new PortException.RefusedException(
                    "The server at " + response.uri().getAuthority() + " refused the management key. Run this command"
                            + " with the configuration of that server.",
                    null);
        }
        var body = body(response);
        if (body == null || !body.has("request_id")) {
            throw new UnreachableServerException(
                    "No management listener of this program answers at "
                            + response.request().uri().getAuthority() + " (status " + response.statusCode()
                            + "). Check management.host and management.port.",
                    null);
        }
        if (response.statusCode() == 404) {
            throw unknown(id);
        }
        return body;
    }

    private static Json.@Nullable Obj body(HttpResponse<byte[]> response) {
        try {
            return Json.parse(new String(response.body(), StandardCharsets.UTF_8)) instanceof Json.Obj object
                    ? object
                    : null;
        } catch (JsonSyntaxException notJson) {
            return null;
        }
    }

    private static NoSuchElementException unknown(String id) {
        return new NoSuchElementException("The server remembers no refused access with the request id '" + id
                + "'. It remembers the last 1024 since its start; the id is in the error that the caller received, as"
                + " requestId, and in the log, as request_id.");
    }

    /** Returns the answer as text. */
    static String text(Json.Obj refused) {
        var caller = refused.object("caller");
        var lines = List.of(
                line("request", refused.text("request_id")),
                line("principal", PrincipalText.of(caller)),
                line("roles", words(caller, "roles")),
                line("scopes", words(caller, "scopes")),
                line("access", refused.text("kind") + " " + refused.text("name")),
                line("decision", String.valueOf(refused.text("decision")).replace('_', ' ')),
                line("decided by", refused.text("rule")),
                line("requires", words(refused, "scopes")));
        return String.join("", lines) + rules(refused);
    }

    private static String line(String name, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : "%-11s %s".formatted(name + ":", Sanitizer.line(value)) + "\n";
    }

    private static String words(Json.Obj object, String member) {
        return object.get(member) instanceof Json.Arr(var items)
                ? items.stream()
                        .map(item -> item instanceof Json.Text(var text) ? text : item.toString())
                        .collect(Collectors.joining(" "))
                : "";
    }

    private static String rules(Json.Obj refused) {
        if (!(refused.get("rules") instanceof Json.Arr(var items)) || items.isEmpty()) {
            return "";
        }
        var rules = items.stream()
                .map(item -> (Json.Obj) item)
                .map(rule -> new ConsideredRule(
                        part(rule, "name"),
                        part(rule, "effect"),
                        part(rule, "caller"),
                        part(rule, "target"),
                        part(rule, "arguments")))
                .toList();
        return "\nThe present rules, without regard to the arguments of the request:\n\n" + AccessReport.rules(rules);
    }

    private static String part(Json.Obj rule, String name) {
        return String.valueOf(rule.text(name));
    }

    /** Returns the answer as JSON. */
    static String json(Json.Obj refused) {
        return JsonText.indented(refused);
    }
}
