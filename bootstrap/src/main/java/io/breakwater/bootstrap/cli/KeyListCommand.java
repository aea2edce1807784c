package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.apikey.StoredKey;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code breakwater key list}. */
@Command(name = "list", description = "Lists the API keys, without their secrets.")
final class KeyListCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Mixin
    private KeyFileOption file = new KeyFileOption();

    @Mixin
    private OutputOption output = new OutputOption();

    KeyListCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var keys = file.open(process);
        var list = keys.editor().list();
        var now = Instant.now();
        CommandLines.lines(process.out(), output.json() ? json(list, now) : text(list, now));
        keys.hint().ifPresent(hint -> CommandLines.lines(process.err(), hint));
        return ExitCode.OK;
    }

    private static String text(List<StoredKey> keys, Instant now) {
        if (keys.isEmpty()) {
            return "There are no API keys. 'breakwater key new --name NAME' creates one.";
        }
        var table = new TextTable().row("id", "name", "status", "expires", "roles", "scopes", "tenant");
        for (var key : keys) {
            table.row(
                    key.id(),
                    key.name(),
                    statusText(key, now),
                    key.expires() == null ? "never" : key.expires().toString(),
                    String.join(",", key.rights().roles()),
                    String.join(",", key.rights().scopes()),
                    key.rights().tenant());
        }
        return table.text();
    }

    private static String json(List<StoredKey> keys, Instant now) {
        return JsonText.indented(new Json.Arr(keys.stream()
                .<Json>map(key -> KeyReport.describe(key)
                        .put("created", key.created().toString())
                        .put("status", status(key, now))
                        .putIfPresent("rotation_end", rotationEnd(key, now).orElse(null))
                        .build())
                .toList()));
    }

    private static String statusText(StoredKey key, Instant now) {
        return status(key, now)
                + rotationEnd(key, now).map(end -> " until " + end).orElse("");
    }

    private static String status(StoredKey key, Instant now) {
        if (!key.isValid(now)) {
            return "expired";
        }
        return key.isRotating(now) ? "rotating" : "valid";
    }

    /** Returns when the old secret of a key ends that is being rotated. */
    private static Optional<String> rotationEnd(StoredKey key, Instant now) {
        return key.isValid(now) && key.isRotating(now) ? key.rotationEnd(now).map(Instant::toString) : Optional.empty();
    }
}
