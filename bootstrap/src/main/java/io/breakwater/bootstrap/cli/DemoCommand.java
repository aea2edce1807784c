package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.ProgressBar;
import io.breakwater.bootstrap.demo.SampleDatabase;
import io.breakwater.port.PortException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code breakwater demo}. */
@Command(
        name = "demo",
        description = "Serves MCP over HTTP with a real PostgreSQL of its own that holds a sample shop of about 100,000"
                + " rows, and prints what to paste into a client. Everything is gone when it ends.")
final class DemoCommand implements Callable<Integer> {
    private static final String NAME = "breakwater-demo";

    private final ProcessEnvironment surroundings;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port to listen on; 0 takes any free one. Short for --set http.port=PORT.")
    private @Nullable String port;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    DemoCommand(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        var bar = new ProgressBar(surroundings.err(), surroundings.errTerminal());
        try (var database = SampleDatabase.start(bar::at)) {
            var request = new LaunchRequest(
                    LaunchRequest.Way.SERVE, configuration.file(), configuration.options(overrides(database)));
            return new ServerLauncher(surroundings)
                    .run(request, transport -> welcome(URI.create(transport.address()), database.databaseUrl()));
        } catch (NoClassDefFoundError absent) {
            throw new PortException.RefusedException(
                    "The demo's PostgreSQL is not here: the folder demo beside breakwater.jar holds it, and only the"
                            + " launcher script knows it. Run ./breakwater demo of a whole distribution.",
                    absent);
        }
    }

    private List<ConfigurationSources.Option> overrides(SampleDatabase database) {
        var overrides = new ArrayList<ConfigurationSources.Option>();
        overrides.add(new ConfigurationSources.Option("environment", "demo", "demo"));
        overrides.add(new ConfigurationSources.Option("database.url", database.databaseUrl(), "demo"));
        overrides.add(new ConfigurationSources.Option("store.url", database.storeUrl(), "demo"));
        if (port != null) {
            overrides.add(new ConfigurationSources.Option("http.port", port, "--port"));
        }
        return overrides;
    }

    private void welcome(URI url, String databaseUrl) {
        var client = ClientKind.CLAUDE_CODE;
        CommandLines.lines(surroundings.out(), """

                The demo is ready at %1$s

                Paste this into %2$s (other clients: breakwater client-config CLIENT --url %1$s):

                %3$s
                Or try it from another terminal:

                  %4$s call list_tables --url %1$s
                  %4$s call execute_query query='SELECT * FROM monthly_sales ORDER BY month DESC LIMIT 5' --url %1$s
                  npx @modelcontextprotocol/inspector --cli %1$s --transport http --method tools/list

                The database, as the guarded role sees it: %5$s

                Ctrl-C ends it, and the database is gone.
                """.formatted(
                        url,
                        client.place(),
                        JsonText.indented(client.document(NAME, ClientKind.Way.http(url))),
                        String.join(" ", LaunchCommand.command()),
                        databaseUrl));
    }
}
