package io.breakwater.bootstrap.cli;

import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.bootstrap.config.ConfigurationSources;
import io.breakwater.bootstrap.wiring.ApplicationComponent;
import io.breakwater.port.driving.Transport;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of the command line to start a server.
 *
 * @param mode the transport
 * @param file the configuration file, or null for the default one
 * @param options the settings on the command line
 */
record LaunchRequest(Mode mode, @Nullable Path file, List<ConfigurationSources.Option> options) {

    LaunchRequest {
        options = List.copyOf(options);
    }

    /** The commands that start a server; each has the name of its constant. */
    enum Mode {
        /** {@link HttpTransport}. */
        SERVE,
        /** {@link StdioTransport}. */
        STDIO;

        /** Whether the management listener is on unless the settings say otherwise. */
        boolean hasManagement() {
            return this == SERVE;
        }

        Transport transport(ApplicationComponent application) {
            return switch (this) {
                case SERVE -> application.http();
                case STDIO -> application.stdio();
            };
        }
    }

    ConfigurationSources sources(ProcessEnvironment process) {
        return new ConfigurationSources(file, process.environment(), options, process.folder());
    }

    boolean debug() {
        return options.stream().anyMatch(option -> option.spelling().equals("--debug"));
    }
}
