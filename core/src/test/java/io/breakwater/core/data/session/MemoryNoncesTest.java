package io.breakwater.core.data.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breakwater.port.PortException;
import io.breakwater.port.contract.NonceStoreContract;
import io.breakwater.port.driven.NonceStore;
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
    void refusesNewNoncesWhenItIsFullAndForgetsNone() {
        var nonces = new MemoryNonces(2, now::get);
        nonces.use("a", TTL);
        nonces.use("b", TTL);

        assertThatThrownBy(() -> nonces.use("c", TTL)).isInstanceOf(PortException.UnavailableException.class);
        assertThat(nonces.use("a", TTL)).isFalse();

        pass(TTL);
        assertThat(nonces.use("c", TTL)).isTrue();
        assertThat(nonces.use("a", TTL)).isTrue();
    }
}
