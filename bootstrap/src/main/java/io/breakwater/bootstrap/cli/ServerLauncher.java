package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.lifecycle.ConfigurationWatch;
import io.breakwater.bootstrap.lifecycle.ServerRun;
import io.breakwater.bootstrap.lifecycle.ShutdownPlan;
import io.breakwater.bootstrap.logging.Logging;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.driving.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What {@code serve} and {@code stdio} have in common: everything but the transport. */
final class ServerLauncher {
    private final ProcessEnvironment surroundings;

    ServerLauncher(ProcessEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /** Serves until the end; gives the exit code. */
    int run(LaunchRequest request) throws InterruptedException {
        return run(request, transport -> {});
    }

    /** The same, and tells when clients can come. */
    int run(LaunchRequest request, Consumer<Transport> begun) throws InterruptedException {
        var sources = request.sources(surroundings);
        var configuration = Configuration.load(sources);
        var settings = configuration.settings();
        try (var logging = Logging.begin(settings.log(), surroundings.log(), surroundings.errTerminal())) {
            var wiring = ApplicationComponent.of(configuration, logging.dependencies());
            var transport = request.way().transport(wiring); // before the server, so that nothing else can print
            var departure = ShutdownPlan.of(settings.shutdown(), surroundings.environment());
            Runnable end = logging::close;
            var run = new ServerRun(wiring.server(), departure);
            surroundings.signals().listen(run::end, insisted -> end.run());
            run.begin(transport);
            begun.accept(transport);
            var watch = watch(sources, configuration, logging);
            try {
                return run.untilEnd() ? ExitCode.OK : ExitCode.FAILURE;
            } finally {
                if (watch != null) {
                    watch.close();
                }
            }
        }
    }

    /** Null when there is no file that could change. */
    private static @Nullable ConfigurationWatch watch(
            ConfigurationSources sources, Configuration configuration, Logging logging) {
        var files = configuration.files();
        return files.isEmpty()
                ? null
                : ConfigurationWatch.begin(
                        sources, files, settings -> logging.level(settings.log().level()));
    }
}
