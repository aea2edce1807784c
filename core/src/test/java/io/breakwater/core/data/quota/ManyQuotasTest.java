package io.breakwater.core.data.quota;

import static io.breakwater.core.data.quota.QuotaServers.ANN;
import static io.breakwater.core.data.quota.QuotaServers.TODAY;
import static io.breakwater.core.data.quota.QuotaServers.admitted;
import static io.breakwater.core.data.quota.QuotaServers.calls;
import static io.breakwater.core.data.quota.QuotaServers.charge;
import static io.breakwater.core.data.quota.QuotaServers.take;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.settings.QuotaSettings;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More callers than fit into the memory. */
class ManyQuotasTest {
    private static final int MANY = 100_000;
    private static final QuotaSettings FEW = QuotaSettings.OFF.withKeys(1_000).withTimeout(Eventually.LIMIT);

    private final QuotaServers servers = new QuotaServers();

    @AfterEach
    void close() {
        servers.close();
    }

    @Test
    void theMemoryIsBoundedAndTheStoreForgetsNoCaller() {
        var server = servers.start(FEW);
        assertThat(admitted(server, 5, 5)).isEqualTo(5);

        for (int i = 0; i < MANY; i++) {
            server.add(List.of(charge(calls("caller " + i), 1_000_000, 1)));
        }

        assertThat(server.size()).isEqualTo(1_000);
        assertThat(admitted(server, 5, 1)).isZero();
    }

    @Test
    void oneRequestSettlesManyCallers() {
        var server = servers.start(FEW.withKeys(MANY));
        IntStream.range(0, MANY).forEach(i -> server.add(List.of(charge(calls("caller " + i), 1_000_000, 1))));

        servers.settle(calls("caller " + (MANY - 1)), 1);

        assertThat(servers.store.requests()).isEqualTo(MANY / Settler.MAX_ITEMS);
        assertThat(servers.used(calls("caller 0"))).isEqualTo(1);
    }

    @Test
    void whatWasCountedForAForgottenCallerIsSettled() {
        var server = servers.start(FEW);
        server.add(List.of(charge(ANN, 1_000_000, 7)));
        IntStream.range(0, 1_000).forEach(i -> server.add(List.of(charge(calls("caller " + i), 1_000_000, 1))));

        servers.settle(ANN, 7);
        assertThat(admitted(server, 7, 1)).isZero();
    }

    @Test
    void aForgottenCallerThatReturnsBeforeItIsSettledIsCountedOnce() {
        var server = servers.start(FEW);
        server.add(List.of(charge(ANN, 1_000_000, 7)));
        IntStream.range(0, 1_000).forEach(i -> server.add(List.of(charge(calls("caller " + i), 1_000_000, 1))));
        server.add(List.of(charge(ANN, 1_000_000, 2)));

        servers.settle(ANN, 9);
        assertThat(server.used(List.of(ANN), Eventually.LIMIT)).containsExactly(9.0);
    }

    @Test
    void theMemoryIsBoundedWhileTheStoreIsDown() {
        var server = servers.start(FEW);
        servers.line.cut();
        for (int i = 0; i < MANY; i++) {
            take(server, charge(calls("caller " + i), 1_000_000, 1));
        }
        servers.line.mend();
        servers.executors.awaitIdle();
        servers.executors.pass(Duration.ofSeconds(1));

        Eventually.holds(() -> stored() >= 2_000);
        assertThat(server.size()).isEqualTo(1_000);
        servers.executors.awaitIdle();
        servers.executors.pass(Duration.ofSeconds(1));
        servers.executors.awaitIdle();
        assertThat(stored())
                .as("those in memory, and as many that are left over")
                .isEqualTo(2_000);
    }

    private long stored() {
        return IntStream.range(0, MANY)
                .filter(i -> servers.store.used(calls("caller " + i), TODAY) > 0)
                .count();
    }
}
