package io.breakwater.bootstrap.soak;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.console.Terminal;
import io.breakwater.bootstrap.lifecycle.ProgramControls;
import io.breakwater.bootstrap.lifecycle.ServerRun;
import io.breakwater.bootstrap.lifecycle.ShutdownPlan;
import io.breakwater.bootstrap.lifecycle.Signals;
import io.breakwater.bootstrap.logging.Logging;
import io.breakwater.bootstrap.management.MetricsPage;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The shipped server, put together and ended as the program does it, with tools that take their time. */
public final class SoakServer {
    private SoakServer() {}

    /** {@code SoakServer serve|stdio SETTING=VALUE...}. */
    public static void main(String[] arguments) throws InterruptedException {
        var words = List.of(arguments);
        var options = words.stream().skip(1).map(SoakServer::option).toList();
        var configuration = Configuration.load(new ConfigurationSources(null, Map.of(), options, Path.of("")));
        System.exit(served(words.getFirst(), configuration) ? 0 : 1);
    }

    private static boolean served(String way, Configuration configuration) throws InterruptedException {
        var settings = configuration.settings();
        try (var logging = Logging.begin(settings.log(), new FileOutputStream(FileDescriptor.err), Terminal.NONE)) {
            var metrics =
                    MetricsPage.of(settings, false); // there is no management listener, so only metrics.public counts
            var wiring = ApplicationComponent.of(configuration, logging.dependencies(), metrics, new ProgramControls());
            SoakTools.all().forEach(wiring.server()::add);
            var run = new ServerRun(wiring.server(), ShutdownPlan.of(settings.shutdown(), Map.of()));
            Runnable end = logging::close;
            Signals.listen(run::end, insisted -> end.run());
            run.begin(way.equals("stdio") ? wiring.stdio() : wiring.http());
            return run.awaitStop();
        }
    }

    private static ConfigurationSources.Option option(String word) {
        var parts = Arrays.asList(word.split("=", 2));
        return new ConfigurationSources.Option(parts.getFirst(), parts.getLast(), "--set " + parts.getFirst());
    }
}
