package io.breakwater.bootstrap.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.breakwater.adapter.http.HttpTransport;
import io.breakwater.adapter.stdio.StdioTransport;
import io.breakwater.bootstrap.config.Configuration;
import io.breakwater.port.driven.Dependency;
import io.breakwater.server.Breakwater;
import java.util.List;
import javax.inject.Singleton;

/** The parts of this program, made from a configuration. */
@Singleton
@Component(modules = {ServerModule.class, PackModule.class, PortModule.class, TransportModule.class})
public interface ApplicationComponent {

    /** From that configuration. */
    static ApplicationComponent of(Configuration configuration) {
        return of(configuration, List.of());
    }

    /**
     * From that configuration.
     *
     * @param watched what the health report tells of besides the backends
     */
    static ApplicationComponent of(Configuration configuration, List<Dependency> watched) {
        return DaggerApplicationComponent.factory().create(configuration, watched);
    }

    /** The server, always the same one; it serves nobody yet. */
    Breakwater server();

    /** A new HTTP listener. */
    HttpTransport http();

    /** Takes over the standard input and output of the process; only for one that speaks MCP there. */
    StdioTransport stdio();

    /** How Dagger is told the configuration. */
    @Component.Factory
    interface Factory {
        /** The parts of that configuration. */
        ApplicationComponent create(
                @BindsInstance Configuration configuration, @BindsInstance List<Dependency> watched);
    }
}
