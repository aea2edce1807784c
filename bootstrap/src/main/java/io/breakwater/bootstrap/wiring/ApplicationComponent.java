package io.breakwater.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.bootstrap.lifecycle.ProgramControls;
import io.breakwater.bootstrap.management.MetricsPage;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.Breakwater;
import java.util.List;
import java.util.Optional;
import javax.inject.Singleton;

/** The components of this program, created from a configuration. */
@Singleton
@Component(modules = {ServerModule.class, PackModule.class, PortModule.class, TransportModule.class})
public interface ApplicationComponent {

    /** Creates the components. */
    static ApplicationComponent of(Configuration configuration) {
        return of(configuration, List.of(), Optional.empty(), new ProgramControls());
    }

    /** Creates the components for a command that makes no calls. */
    static ApplicationComponent withoutCalls(Configuration configuration) {
        return DaggerApplicationComponent.factory()
                .create(configuration, List.of(), Optional.empty(), new ProgramControls(), CallRecording.OFF);
    }

    /**
     * From that configuration.
     *
     * @param watched the dependencies that the health report contains in addition to the backends
     * @param metrics the page for the metrics, if a listener serves it
     * @param controls what administrators can change in the program
     */
    static ApplicationComponent of(
            Configuration configuration,
            List<Dependency> watched,
            Optional<MetricsPage> metrics,
            ProgramControls controls) {
        return DaggerApplicationComponent.factory()
                .create(configuration, watched, metrics, controls, CallRecording.CONFIGURED);
    }

    /** Returns the server, always the same one; it has no transport yet. */
    Breakwater server();

    /** Returns how callers authenticate; the server must have been built. */
    CallerReport callers();

    /** Returns a new HTTP listener. */
    HttpTransport http();

    /** Takes over the standard input and output of the process; only for processes that serve MCP on them. */
    StdioTransport stdio();

    /** Passes the configuration to Dagger. */
    @Component.Factory
    interface Factory {
        /** Creates the components. */
        ApplicationComponent create(
                @BindsInstance Configuration configuration,
                @BindsInstance List<Dependency> watched,
                @BindsInstance Optional<MetricsPage> metrics,
                @BindsInstance ProgramControls controls,
                @BindsInstance CallRecording recording);
    }
}
