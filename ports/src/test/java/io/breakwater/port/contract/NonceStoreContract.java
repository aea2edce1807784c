package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.NonceStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link NonceStore} must do: let each nonce be used once, until its TTL ends. */
public abstract class NonceStoreContract {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMinutes(1);
    private static final int THREADS = 32;

    /** Creates a store without used nonces. */
    protected abstract NonceStore make();

    /** Advances the clock of the object that {@link #make} created, without waiting. */
    protected abstract void pass(Duration time);

    @Test
    void hasAStableIdentity() {
        var nonces = make();

        assertThat(nonces.identity()).isNotBlank().isEqualTo(nonces.identity());
    }

    @Test
    void aNonceCanBeUsedOnce() {
        var nonces = make();

        assertThat(nonces.use("nonce", "one", TTL)).isTrue();
        assertThat(nonces.use("nonce", "two", TTL)).isFalse();
        assertThat(nonces.use("other", "two", TTL)).isTrue();
    }

    @Test
    void theRecordedUseCanBeRepeated() {
        var nonces = make();
        nonces.use("nonce", "one", TTL);

        assertThat(nonces.use("nonce", "one", TTL)).isTrue();
        assertThat(nonces.use("nonce", "two", TTL)).isFalse();
        assertThat(nonces.use("nonce", "one", TTL)).isTrue();
    }

    @Test
    void aNonceIsRecordedUntilItsTtlEnds() {
        var nonces = make();
        nonces.use("nonce", "one", TTL);

        pass(TTL.minus(MOMENT));
        assertThat(nonces.use("nonce", "two", TTL)).isFalse();

        pass(MOMENT.multipliedBy(2));
        assertThat(nonces.use("nonce", "two", TTL)).isTrue();
    }

    @Test
    void furtherUsesDoNotExtendTheTtl() {
        var nonces = make();
        nonces.use("nonce", "one", TTL);
        nonces.use("nonce", "one", TTL.multipliedBy(10));
        nonces.use("nonce", "two", TTL.multipliedBy(10));

        pass(TTL.plus(MOMENT));

        assertThat(nonces.use("nonce", "two", TTL)).isTrue();
    }

    @Test
    void distinguishesSimilarNonces() {
        var nonces = make();

        assertThat(List.of("a", "A", "a ", "a:b", "a*", "ä", "a\u0308", "{a}", "", "a".repeat(1_000)))
                .allSatisfy(nonce -> assertThat(nonces.use(nonce, nonce, TTL)).isTrue());
    }

    @Test
    void exactlyOneConcurrentUseSucceeds() throws Exception {
        var nonces = make();

        for (int round = 0; round < 20; round++) {
            var nonce = "nonce " + round;
            var used = ConcurrentRun.run(THREADS, thread -> nonces.use(nonce, "use " + thread, TTL));

            assertThat(used.stream().filter(first -> first)).hasSize(1);
        }
    }
}
