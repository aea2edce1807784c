package io.breakwater.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.adapter.http.HttpSettings.Limits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionDefaultsTest {

    @ParameterizedTest
    @CsvSource({"1, 256", "64, 2730", "256, 10922", "512, 20000", "8192, 20000"})
    void theNumberOfConnectionsFollowsTheHeap(long mebibytes, int connections) {
        assertThat(Limits.connectionsFor(mebibytes << 20)).isEqualTo(connections);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "20000, 10000"})
    void halfOfThemMayBeOfOneAddress(int connections, int half) {
        assertThat(Limits.half(connections)).isEqualTo(half);
    }
}
