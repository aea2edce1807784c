package io.breakwater.bootstrap.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.contract.HostGaugesContract;
import io.breakwater.port.driven.HostGauges;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MachineGaugesTest {

    @Test
    void tellsHowThisMachineStands() {
        var gauges = MachineGauges.at(Path.of(""));

        assertThat(gauges.cpu()).isBetween(0.0, 1.0);
        assertThat(gauges.memory()).isBetween(0.0, 1.0);
        assertThat(gauges.disk()).isBetween(0.0, 1.0);
    }

    @Test
    void doesNotKnowADiskThatIsNotThere() {
        assertThat(MachineGauges.at(Path.of("/no/such/folder")).disk()).isNegative();
    }

    @Nested
    class OfThisMachine extends HostGaugesContract {
        @Override
        protected HostGauges make() {
            return MachineGauges.at(Path.of(""));
        }
    }
}
