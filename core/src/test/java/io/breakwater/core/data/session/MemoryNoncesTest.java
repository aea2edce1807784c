package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.NonceStoreContract;
import io.breakwater.port.driven.NonceStore;
import io.breakwater.sample.outage.CoversOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MemoryNoncesTest extends NonceStoreContract {
    private static final Duration TTL = Duration.ofMinutes(1);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    @Override
    protected NonceStore make() {
        return new MemoryNonces(1_000, now::get);
    }

    @Override
    protected void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Test
    void twoStoresShareNoRecords() {
        assertThat(make().identity()).isNotEqualTo(make().identity());
    }

    @Test
    @CoversOutage("confirmation: memory full of used confirmations")
    void refusesNewNoncesWhenItIsFullAndForgetsNone() {
        var nonces = new MemoryNonces(2, now::get);
        nonces.use("a", "one", TTL);
        nonces.use("b", "one", TTL);

        assertThatThrownBy(() -> nonces.use("c", "one", TTL)).isInstanceOf(PortException.UnavailableException.class);
        assertThat(nonces.use("a", "two", TTL)).isFalse();

        pass(TTL);
        assertThat(nonces.use("c", "two", TTL)).isTrue();
        assertThat(nonces.use("a", "two", TTL)).isTrue();
    }
}
