package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.BreakwaterSettings;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.lifecycle.AccessRulesReload;
import io.breakwater.bootstrap.lifecycle.ConfigurationWatch;
import io.breakwater.bootstrap.lifecycle.ProgramControls;
import io.breakwater.bootstrap.lifecycle.ServerRun;
import io.breakwater.bootstrap.lifecycle.ShutdownPlan;
import io.breakwater.bootstrap.logging.Logging;
import io.breakwater.bootstrap.management.ManagementRun;
import io.breakwater.bootstrap.management.MetricsPage;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.bootstrap.wiring.CallerReport;
import io.breakwater.bootstrap.wiring.ToolLimitsReview;
import io.breakwater.port.driven.AccessPolicy.TargetKind;
import io.breakwater.port.driving.Transport;
import io.breakwater.server.Breakwater;
import io.breakwater.server.settings.AccessRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a server for {@code serve}, {@code stdio} and {@code demo}, which differ in the transport. */
final class ServerLauncher {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLauncher.class);

    private final ProcessEnvironment process;

    ServerLauncher(ProcessEnvironment process) {
        this.process = process;
    }

    /** Runs the server until it stops, and returns the exit code. */
    int run(LaunchRequest request) throws InterruptedException {
        return run(request, (transport, callers, management) -> {});
    }

    /** Is called when clients can connect. */
    @FunctionalInterface
    interface StartListener {
        /** Receives the transport of the clients, who may call, and the management listener. */
        void started(Transport transport, CallerReport callers, ManagementRun management);
    }

    /** Runs the server until it stops, and calls {@code onStarted} when clients can connect. */
    int run(LaunchRequest request, StartListener onStarted) throws InterruptedException {
        var sources = request.sources(process);
        var configuration = Configuration.load(sources);
        var settings = configuration.settings();
        try (var logging = Logging.begin(settings.log(), process.log(), process.errTerminal())) {
            var controls = new ProgramControls();
            controls.addLog(logging::level);
            var metrics = MetricsPage.of(settings, request.mode().hasManagement());
            var application = ApplicationComponent.of(configuration, logging.dependencies(), metrics, controls);
            var transport = request.mode().transport(application); // before the server, so that nothing else can print
            var shutdown = ShutdownPlan.of(settings.shutdown(), process.environment());
            Runnable end = logging::close;
            var run = new ServerRun(application.server(), shutdown);
            controls.addRun(run);
            process.signals().listen(run::end, signal -> end.run());
            warn(configuration.warnings());
            var callers = application.callers();
            warn(request.mode() == LaunchRequest.Mode.SERVE ? callers.warnings() : callers.callerWarnings());
            warn(ToolLimitsReview.warnings(settings, application.server().names(TargetKind.TOOL)));
            warn(application.server().reviewAccessRules(settings.access()));
            run.begin(transport);
            if (request.mode() == LaunchRequest.Mode.SERVE) {
                LOG.info(callers.sentence());
            }
            var management = manage(settings, request, application.server());
            try {
                onStarted.started(transport, callers, management);
                var watch = watch(sources, configuration, logging, application.server());
                if (watch != null) {
                    controls.addConfiguration(watch);
                }
                return awaitStop(run, watch);
            } finally {
                management.close();
            }
        }
    }

    private static void warn(List<String> warnings) {
        warnings.forEach(LOG::warn);
    }

    private static void replaceRules(Breakwater server, AccessRules rules) {
        server.accessRules(rules);
        warn(server.reviewAccessRules(rules));
    }

    /** Starts the management listener last, so that the server reports that it is ready only when clients can connect. */
    private static ManagementRun manage(BreakwaterSettings settings, LaunchRequest request, Breakwater server) {
        try {
            return ManagementRun.begin(settings.management(), request.mode().hasManagement(), server);
        } catch (RuntimeException failed) {
            server.close(Duration.ZERO);
            throw failed;
        }
    }

    private static int awaitStop(ServerRun run, @Nullable ConfigurationWatch watch) throws InterruptedException {
        try {
            return run.awaitStop() ? ExitCode.OK : ExitCode.FAILURE;
        } finally {
            if (watch != null) {
                watch.close();
            }
        }
    }

    /** Returns null when there is no file that could change. */
    private static @Nullable ConfigurationWatch watch(
            ConfigurationSources sources, Configuration configuration, Logging logging, Breakwater server) {
        var rules = new AccessRulesReload(configuration.settings().access(), changed -> replaceRules(server, changed));
        return configuration.files().isEmpty()
                ? null
                : ConfigurationWatch.begin(sources, configuration, settings -> {
                    logging.level(settings.log().level());
                    rules.apply(settings.access());
                });
    }
}
