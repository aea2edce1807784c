package io.breakwater.bootstrap.cli;

import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater token revoke}. */
@Command(name = "revoke", description = "Revokes a token. All running servers refuse it within a second.")
final class TokenRevokeCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Parameters(
            paramLabel = "TOKEN",
            description = "The token, or its id (jti). Prefer the id: other users of this machine can see arguments.")
    private String token = "";

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "The issuer of the token with this id; auth.jwt-issuer by default.")
    private @Nullable String issuer;

    @Mixin
    private StoreOption store = new StoreOption();

    TokenRevokeCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (token.isBlank()) {
            throw new NoSuchElementException("The text is neither a token nor the id of one.");
        }
        var local = store.settings(process).auth().localIssuer();
        var revoked = RevokedToken.parse(token, issuer == null ? local : issuer, Instant.now());
        store.withStore(process, (opened, context) -> {
            opened.revocations().revoke(revoked.name(), revoked.expires(), context);
            return revoked;
        });
        CommandLines.lines(process.out(), "Revoked the token " + revoked.name().id() + ".");
        return ExitCode.OK;
    }
}
