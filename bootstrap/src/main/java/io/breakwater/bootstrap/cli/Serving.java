package io.breakwater.bootstrap.cli;

import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.lifecycle.Departure;
import io.breakwater.bootstrap.lifecycle.ServerRun;
import io.breakwater.bootstrap.observe.Logging;
import io.breakwater.bootstrap.wiring.Wiring;

/** What {@code serve} and {@code stdio} have in common: everything but the transport. */
final class Serving {
    private final Surroundings surroundings;

    Serving(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Serves until the end; gives the exit code. */
    int run(ServingRequest request) throws InterruptedException {
        var configuration = Configuration.load(request.sources(surroundings));
        var settings = configuration.settings();
        try (var logging = Logging.begin(settings.log(), surroundings.log(), surroundings.errTerminal())) {
            var wiring = Wiring.of(configuration);
            var departure = Departure.of(settings.shutdown(), surroundings.environment());
            Runnable end = logging::close;
            var run = new ServerRun(wiring.server(), departure);
            surroundings.signals().listen(run::end, insisted -> end.run());
            run.begin(request.way().transport(wiring));
            return run.untilEnd() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }
}
