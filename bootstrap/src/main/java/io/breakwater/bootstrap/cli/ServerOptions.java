package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.config.SecretValue;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server that a command uses: one at a URL, or the configured one, built in this process. */
final class ServerOptions {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The MCP endpoint of a running server, such as http://127.0.0.1:8080/mcp; by default, the"
                    + " command builds the configured server itself.")
    private @Nullable URI url;

    @Mixin
    private CredentialOption credential = new CredentialOption();

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    /** Connects to the server for calls of tools, which a server in this process records. */
    ServerConnection connect(ProcessEnvironment process) {
        return connect(process, ApplicationComponent::of);
    }

    /** Connects to the server for lists only. */
    ServerConnection connectForLists(ProcessEnvironment process) {
        return connect(process, ApplicationComponent::withoutCalls);
    }

    private ServerConnection connect(
            ProcessEnvironment process, Function<Configuration, ApplicationComponent> application) {
        var given = credential.read(process);
        if (url != null) {
            return ServerConnection.to(url, given == null ? configured(url, process) : given, trust(url, process));
        }
        var loaded = configuration.load(process, setting(given));
        return ServerConnection.to(
                application.apply(loaded).server(),
                loaded.settings().auth().local().credential());
    }

    /** Returns the configured credential, unless it would pass a network without encryption. */
    private @Nullable SecretValue configured(URI target, ProcessEnvironment process) {
        var host = target.getHost();
        boolean isSafe = CommandTrust.isHttps(target) || (host != null && LOOPBACK.contains(host));
        return isSafe ? configuration.load(process).settings().auth().local().credential() : null;
    }

    /** Returns whom to trust; null without HTTPS. */
    private @Nullable SSLContext trust(URI target, ProcessEnvironment process) {
        return CommandTrust.isHttps(target)
                ? CommandTrust.context(configuration.load(process).settings())
                : null;
    }

    private static List<ConfigurationSources.Option> setting(@Nullable SecretValue given) {
        return given == null
                ? List.of()
                : List.of(new ConfigurationSources.Option("auth.credential", given.reveal(), "--credential"));
    }
}
