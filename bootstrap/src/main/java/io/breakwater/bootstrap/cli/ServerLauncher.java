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

/** Runs a server for {@code serve}, {@code stdio} and {@code demo}, which differ in the transport. */
final class ServerLauncher {
    private final ProcessEnvironment process;

    ServerLauncher(ProcessEnvironment process) {
        this.process = process;
    }

    /** Runs the server until it stops, and returns the exit code. */
    int run(LaunchRequest request) throws InterruptedException {
        return run(request, transport -> {});
    }

    /** Runs the server until it stops, and calls {@code onStarted} when clients can connect. */
    int run(LaunchRequest request, Consumer<Transport> onStarted) throws InterruptedException {
        var sources = request.sources(process);
        var configuration = Configuration.load(sources);
        var settings = configuration.settings();
        try (var logging = Logging.begin(settings.log(), process.log(), process.errTerminal())) {
            var application = ApplicationComponent.of(configuration, logging.dependencies());
            var transport = request.mode().transport(application); // before the server, so that nothing else can print
            var shutdown = ShutdownPlan.of(settings.shutdown(), process.environment());
            Runnable end = logging::close;
            var run = new ServerRun(application.server(), shutdown);
            process.signals().listen(run::end, signal -> end.run());
            run.begin(transport);
            onStarted.accept(transport);
            var watch = watch(sources, configuration, logging);
            try {
                return run.awaitStop() ? ExitCode.OK : ExitCode.FAILURE;
            } finally {
                if (watch != null) {
                    watch.close();
                }
            }
        }
    }

    /** Returns null when there is no file that could change. */
    private static @Nullable ConfigurationWatch watch(
            ConfigurationSources sources, Configuration configuration, Logging logging) {
        var files = configuration.files();
        return files.isEmpty()
                ? null
                : ConfigurationWatch.begin(
                        sources, files, settings -> logging.level(settings.log().level()));
    }
}
