package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.LocalTokens;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.port.driven.TokenIssuer;
import io.breakwater.port.driven.TokenIssuer.IssuedToken;
import io.breakwater.port.driven.TokenIssuer.TokenRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater token issue}. */
@Command(
        name = "issue",
        description = "Issues a token, which is signed with auth.jwt-secret, and prints it.",
        footerHeading = "%n@|bold Examples|@%n",
        footer = "  breakwater token issue --subject reports --role reader --expires 8h")
final class TokenIssueCommand implements Callable<Integer> {
    private final ProcessEnvironment process;

    @Option(
            names = "--subject",
            required = true,
            paramLabel = "NAME",
            description = "The name of the caller. It appears in logs and in access rules.")
    private String subject = "";

    @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "A role; may be repeated.")
    private List<String> roles = new ArrayList<>();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = Lifetime.class,
            description = "How long the token is valid, such as 8h; auth.token-lifetime by default.")
    private @Nullable Duration lifetime;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    TokenIssueCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (subject.isBlank()) {
            throw new NoSuchElementException("The subject must not be empty.");
        }
        var settings = configuration.load(process).settings();
        var time = lifetime == null ? settings.auth().tokenLifetime() : lifetime;
        var token = issuer(settings).issue(new TokenRequest(subject, subject, Set.copyOf(roles), "", time));
        CommandLines.lines(process.out(), output.json() ? json(token) : text(token));
        return ExitCode.OK;
    }

    private static TokenIssuer issuer(BreakwaterSettings settings) {
        return LocalTokens.issuer(settings.auth())
                .orElseThrow(() -> new NoSuchElementException(
                        "Tokens are signed with auth.jwt-secret. Set it, for example to the output of openssl rand"
                                + " -base64 48."));
    }

    /** The token is on the first line, so that scripts can take it. */
    private String text(IssuedToken token) {
        return token.token() + "\n\nThis token is for '" + subject + "', has the id " + token.id() + " and expires at "
                + token.expires() + ".\n";
    }

    private String json(IssuedToken token) {
        return JsonText.indented(Json.object()
                .put("token", token.token())
                .put("id", token.id())
                .put("subject", subject)
                .put("expires", token.expires().toString())
                .build());
    }

    /** Reads the time until a token expires. */
    static final class Lifetime extends DurationConverter {
        Lifetime() {
            super(Duration.ofSeconds(1), Duration.ofDays(366));
        }
    }
}
