package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.apikey.IssuedKey;
import io.breakwater.bootstrap.apikey.StoredKey;
import io.breakwater.bootstrap.cli.KeyFileOption.KeyFile;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.util.List;

/** Prints a new secret, and what to paste into clients. */
final class KeyReport {
    private static final List<ClientKind> USUAL_CLIENTS = List.of(ClientKind.CLAUDE_DESKTOP, ClientKind.VSCODE);

    private final ProcessEnvironment process;
    private final KeyFile file;
    private final boolean json;

    KeyReport(ProcessEnvironment process, KeyFile file, boolean json) {
        this.process = process;
        this.file = file;
        this.json = json;
    }

    /** Prints a key; for the usual clients if none is chosen. */
    void print(IssuedKey issued, List<ClientKind> chosen) {
        var clients = chosen.isEmpty() ? USUAL_CLIENTS : chosen;
        var key = issued.parts().reveal();
        CommandLines.lines(
                process.out(), json ? JsonText.indented(json(issued, key, clients)) : text(issued, key, clients));
        file.hint().ifPresent(hint -> CommandLines.lines(process.err(), hint));
    }

    /** The key is on the first line, so that scripts can take it. */
    private String text(IssuedKey issued, String key, List<ClientKind> clients) {
        var text = new StringBuilder(key).append("\n\n");
        var stored = issued.stored();
        text.append("This is the key '").append(stored.name()).append("'. Store it now: it is not shown again. It ");
        text.append(stored.expires() == null ? "does not expire" : "expires at " + stored.expires())
                .append(".\n\nHeader field for any HTTP client:\nAuthorization: Bearer ")
                .append(key)
                .append('\n');
        for (var client : clients) {
            text.append("\nFor ")
                    .append(client)
                    .append(", paste this into ")
                    .append(client.place())
                    .append(":\n");
            text.append(JsonText.indented(document(client, key))).append('\n');
        }
        return text.toString();
    }

    private Json json(IssuedKey issued, String key, List<ClientKind> clients) {
        var documents = Json.object();
        clients.forEach(client -> documents.put(client.toString(), document(client, key)));
        return describe(issued.stored())
                .put("key", key)
                .put("file", file.name().toString())
                .put(
                        "header",
                        Json.object().put("Authorization", "Bearer " + key).build())
                .put("clients", documents.build())
                .build();
    }

    private Json document(ClientKind client, String key) {
        var settings = file.settings();
        var access = ClientKind.Access.http(ServerEndpoints.client(settings), key);
        return client.document(settings.server().name(), access);
    }

    /** Returns what a report says of a key. */
    static Json.ObjectBuilder describe(StoredKey key) {
        return Json.object()
                .put("id", key.id())
                .put("name", key.name())
                .put("roles", Json.texts(key.rights().roles()))
                .put("scopes", Json.texts(key.rights().scopes()))
                .put("tenant", key.rights().tenant())
                .putIfPresent(
                        "expires", key.expires() == null ? null : key.expires().toString());
    }
}
