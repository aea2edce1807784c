package io.breakwater.bootstrap.cli;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A principal as operators read it: its subject, and what distinguishes it from a user of no issuer. */
final class PrincipalText {
    private PrincipalText() {}

    static String of(Principal principal) {
        return of(
                principal.subject(),
                principal.issuer(),
                principal.tenant(),
                principal.client(),
                principal.kind() == Principal.Kind.CLIENT);
    }

    /** Returns the text for a principal that a server describes. */
    static String of(Json.Obj caller) {
        var client = Principal.Kind.CLIENT.name().toLowerCase(Locale.ROOT);
        return of(
                text(caller, "subject"),
                text(caller, "issuer"),
                text(caller, "tenant"),
                text(caller, "client"),
                client.equals(caller.text("kind")));
    }

    private static String text(Json.Obj caller, String name) {
        var text = caller.text(name);
        return text == null ? "" : text;
    }

    private static String of(String subject, String issuer, String tenant, String client, boolean program) {
        var details = new ArrayList<String>();
        add(details, "issuer", issuer);
        add(details, "tenant", tenant);
        add(details, "client", client);
        if (program) {
            details.add("a program");
        }
        return details.isEmpty() ? subject : subject + " (" + String.join(", ", details) + ")";
    }

    private static void add(List<String> details, String name, String value) {
        if (!value.isEmpty()) {
            details.add(name + " " + value);
        }
    }
}
