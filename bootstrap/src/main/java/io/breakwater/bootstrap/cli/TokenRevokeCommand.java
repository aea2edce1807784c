package io.breakwater.bootstrap.cli;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code breakwater token revoke}. */
@Command(name = "revoke", description = "Revokes a token. All running servers refuse it within a second.")
final class TokenRevokeCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @ArgGroup(multiplicity = "1")
    private Target target = new Target();

    @Option(
            names = "--issuer",
            paramLabel = "ISSUER",
            description = "The issuer of the token with the id; auth.jwt-issuer by default.")
    private @Nullable String issuer;

    @Mixin
    private StoreOption store = new StoreOption();

    TokenRevokeCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        var own = store.settings(process).auth().localIssuer();
        var revoked = target.revoked(issuer, own, Instant.now());
        store.withStore(process, (opened, context) -> {
            opened.revocations().revoke(revoked.name(), revoked.expires(), context);
            return revoked;
        });
        CommandLines.lines(
                process.out(),
                "Revoked the token with the id " + revoked.name().id() + " of the issuer "
                        + revoked.name().issuer() + ".\nServers with this store.url refuse it within a second. A server"
                        + " without it accepts the token until it expires: set the URL there, and restart it.");
        return ExitCode.OK;
    }

    /** What to revoke. */
    static final class Target {
        @Parameters(
                paramLabel = "TOKEN",
                description = "The token, or the id (jti) of a token of this server. Prefer the id: other users of this"
                        + " machine can see arguments.")
        private @Nullable String token;

        @Option(names = "--id", paramLabel = "ID", description = "The id (jti) of any token.")
        private @Nullable String id;

        RevokedToken revoked(@Nullable String issuer, String own, Instant now) {
            if (id != null) {
                return RevokedToken.ofId(id, issuer == null ? own : issuer, now);
            }
            return RevokedToken.parse(token == null ? "" : token, issuer, own, now);
        }
    }
}
