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
 * What a command line asks for that wants a server.
 *
 * @param way how clients come
 * @param file the configuration file, or null for the usual one
 * @param options settings of the command line
 */
record LaunchRequest(Way way, @Nullable Path file, List<ConfigurationSources.Option> options) {

    LaunchRequest {
        options = List.copyOf(options);
    }

    /** The commands that serve; each is named like its constant. */
    enum Way {
        /** {@link HttpTransport}. */
        SERVE,
        /** {@link StdioTransport}. */
        STDIO;

        Transport transport(ApplicationComponent wiring) {
            return switch (this) {
                case SERVE -> wiring.http();
                case STDIO -> wiring.stdio();
            };
        }
    }

    ConfigurationSources sources(ProcessEnvironment surroundings) {
        return new ConfigurationSources(file, surroundings.environment(), options, surroundings.folder());
    }

    boolean debug() {
        return options.stream().anyMatch(option -> option.spelling().equals("--debug"));
    }
}
