package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.bootstrap.console.ProgressBar;
import io.breakwater.bootstrap.demo.SampleDatabase;
import io.breakwater.bootstrap.demo.SampleServices;
import io.breakwater.bootstrap.management.ManagementRun;
import io.breakwater.bootstrap.wiring.CallerReport;
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
        description = "Serves MCP over HTTP with its own PostgreSQL, which holds a sample shop of about 100,000"
                + " rows, and with three sample HTTP services, and prints the configuration for a client. When the"
                + " server stops, all data is deleted.")
final class DemoCommand implements Callable<Integer> {
    private static final String NAME = "breakwater-demo";
    private static final int INSTANCES = 1;

    private final ProcessEnvironment process;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The port to listen on; 0 selects a free one. Short for --set http.port=PORT.")
    private @Nullable String port;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    DemoCommand(ProcessEnvironment process) {
        this.process = process;
    }

    @Override
    public Integer call() throws InterruptedException {
        var bar = new ProgressBar(process.err(), process.errTerminal());
        try (var database = SampleDatabase.start(bar::at);
                var services = SampleServices.start(INSTANCES)) {
            var request = new LaunchRequest(
                    LaunchRequest.Mode.SERVE,
                    configuration.file(),
                    configuration.options(overrides(database, services)));
            return new ServerLauncher(process).run(request, (transport, callers, management) -> {
                var url = URI.create(transport.address());
                welcome(url, access(callers), database.databaseUrl());
                explainOrders(url, services, management);
            });
        } catch (NoClassDefFoundError absent) {
            throw new PortException.RefusedException(
                    "The demo's PostgreSQL is missing: it is in the folder demo beside breakwater.jar, which only the"
                            + " launcher script uses. Run ./breakwater demo in a complete distribution.",
                    absent);
        }
    }

    private List<ConfigurationSources.Option> overrides(SampleDatabase database, SampleServices services) {
        var overrides = new ArrayList<ConfigurationSources.Option>();
        overrides.add(new ConfigurationSources.Option("environment", "demo", "demo"));
        overrides.add(new ConfigurationSources.Option("auth.enabled", "false", "demo"));
        overrides.add(new ConfigurationSources.Option("database.url", database.databaseUrl(), "demo"));
        overrides.add(new ConfigurationSources.Option("store.url", database.storeUrl(), "demo"));
        services.settings()
                .forEach((path, value) -> overrides.add(new ConfigurationSources.Option(path, value, "demo")));
        if (port != null) {
            overrides.add(new ConfigurationSources.Option("http.port", port, "--port"));
        }
        return overrides;
    }

    /** Returns who may call, with the credentials that have no effect. */
    static String access(CallerReport callers) {
        var sentence = "It has no authentication: every program on this machine can call its tools.";
        return callers.ignored().isEmpty()
                ? sentence
                : sentence + "\nIt ignores these credentials: " + String.join(", ", callers.ignored()) + ".";
    }

    private void welcome(URI url, String access, String databaseUrl) {
        var client = ClientKind.CLAUDE_CODE;
        CommandLines.lines(process.out(), """

                The demo is ready at %1$s

                %6$s

                Paste this into %2$s (other clients: breakwater client-config CLIENT --url %1$s):

                %3$s
                Or try it from another terminal:

                  %4$s call list_tables --url %1$s
                  %4$s call execute_query query='SELECT * FROM monthly_sales ORDER BY month DESC LIMIT 5' --url %1$s
                  npx @modelcontextprotocol/inspector --cli %1$s --transport http --method tools/list

                The database, with the role that the server uses: %5$s
                """.formatted(
                        url,
                        client.place(),
                        JsonText.indented(client.document(NAME, ClientKind.Access.http(url))),
                        String.join(" ", LaunchCommand.command()),
                        databaseUrl,
                        access));
    }

    private void explainOrders(URI url, SampleServices services, ManagementRun management) {
        var metrics = management
                .address()
                .map(address -> "The metrics are on the management listener: " + address + "/metrics\n\n")
                .orElse("");
        CommandLines.lines(process.out(), """

                Three HTTP services run beside the server. Request one of them, and order something:

                  %2$s call api_request service=user-service method=GET endpoint=/users/7 --url %1$s
                  %2$s call create_order --idempotency-key order-1 --args '{"user_id": 7, "items": [{"sku": "espresso", "price": 12.5, "quantity": 2}]}' --url %1$s

                Then order with the key order-2 while the card is declined, and with order-3 while the payments are frozen:

                  curl -d declining %3$s/behavior
                  curl -d frozen %3$s/behavior
                  curl -d normal %3$s/behavior

                The order with frozen payments has the status unknown. Set the payments to normal, and repeat the call
                with the key order-3: after a few seconds its status is completed, with one payment. Other behaviors are slow,
                failing and lying.

                %4$sCtrl-C stops the server and the services, and deletes the database.
                """.formatted(
                        url,
                        String.join(" ", LaunchCommand.command()),
                        services.instances(SampleServices.PAYMENTS).getFirst().url(),
                        metrics));
    }
}
