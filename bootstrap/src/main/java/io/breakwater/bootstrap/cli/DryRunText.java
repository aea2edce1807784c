package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.Sanitizer;
import io.breakwater.port.Json;
import io.breakwater.port.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The text of the report of a dry run. */
final class DryRunText {
    private DryRunText() {}

    static String of(Json.Obj report) {
        var limits = report.object("limits");
        var table = new TextTable()
                .row("tool", text(report.get("tool")))
                .row("arguments", text(report.get("arguments")))
                .row(
                        "access",
                        report.object("access").text("decision") + ": "
                                + report.object("access").text("reason"))
                .row("deadline", text(limits.get("deadlineMs")) + " ms")
                .row(
                        "concurrency",
                        "class " + limits.object("concurrency").text("costClass") + ", limit "
                                + text(limits.object("concurrency").get("limit")))
                .row("rate limits", list(limits.get("rate")))
                .row("quotas", list(limits.get("quotas")))
                .row("confirmation", confirmation(report.object("confirmation")))
                .row("cache", text(report.object("cache").get("status")));
        return "Dry run: the tool did not run, and the call had no effect.\n\n" + table.text() + "\n"
                + handler(report.object("handler"));
    }

    private static String confirmation(Json.Obj confirmation) {
        var message = confirmation.text("message");
        var action = text(confirmation.get("action"));
        return message == null ? action : action + ": " + message;
    }

    private static String handler(Json.Obj handler) {
        var would = handler.get("would");
        return would == null
                ? Sanitizer.lines(text(handler.get("reason"))) + "\n"
                : "The tool would:\n" + JsonText.indented(would) + "\n";
    }

    private static String list(@Nullable Json items) {
        return items instanceof Json.Arr array && array.items().isEmpty() ? "none" : text(items);
    }

    private static String text(@Nullable Json value) {
        return switch (value) {
            case null -> "(not shown)";
            case Json.Text(String text) -> text;
            default -> JsonWriter.text(value);
        };
    }
}
