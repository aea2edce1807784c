package io.breakwater.bootstrap.wiring;

import dagger.Module;
import dagger.Provides;
import io.breakwater.bootstrap.local.MachineGauges;
import io.breakwater.port.driven.HostGauges;
import java.nio.file.Path;

/** What the server asks of the outside. */
@Module
final class PortModule {
    private PortModule() {}

    @Provides
    static HostGauges gauges() {
        return MachineGauges.at(Path.of(""));
    }
}
