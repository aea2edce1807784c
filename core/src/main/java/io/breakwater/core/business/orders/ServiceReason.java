package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import java.util.List;

/** The reason that a service gives for a refusal. It is untrusted text, so it is limited, on one line and in quotes. */
final class ServiceReason {
    private static final int MAX_LENGTH = 200;
    private static final List<String> MEMBERS = List.of("message", "detail", "error", "title", "reason");

    private ServiceReason() {}

    /** Returns the reason in quotation marks; empty if the body has none. */
    static String of(Json.Obj body) {
        for (var member : MEMBERS) {
            var text = body.text(member);
            if (text == null) {
                text = body.object(member).text("message");
            }
            if (text != null && !text.isBlank()) {
                return quoted(text);
            }
        }
        return "";
    }

    private static String quoted(String text) {
        var line = new StringBuilder("\"");
        text.strip()
                .codePoints()
                .limit(MAX_LENGTH)
                .map(ServiceReason::printable)
                .forEach(line::appendCodePoint);
        return line.append('"').toString();
    }

    private static int printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> ' ';
            default -> character == '"' ? '\'' : character;
        };
    }
}
