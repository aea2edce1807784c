package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code breakwater key revoke}. */
@Command(name = "revoke", description = "Revokes an API key. A running server refuses it within a second.")
final class KeyRevokeCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(
            paramLabel = "ID",
            description = "The id of the key, which is the part between bw_ and the full stop, or its name.")
    private String id = "";

    @Mixin
    private KeyFileOption file = new KeyFileOption();

    @Mixin
    private OutputOption output = new OutputOption();

    KeyRevokeCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var keys = file.open(process);
        var revoked = keys.editor().revoke(id);
        var json = Json.object().put("id", revoked.id()).put("name", revoked.name());
        CommandLines.lines(
                process.out(),
                output.json()
                        ? JsonText.indented(json.put("status", "revoked").build())
                        : "Revoked the key " + revoked.id() + " (" + revoked.name() + ").");
        keys.hint().ifPresent(hint -> CommandLines.lines(process.err(), hint));
        keys.lockout(Instant.now()).ifPresent(lockout -> CommandLines.lines(process.err(), lockout));
        return ExitCode.OK;
    }
}
