package io.breakwater.core.data.authentication;

import static io.breakwater.core.business.authentication.UsedProofs.Result.ADDED;
import static io.breakwater.core.business.authentication.UsedProofs.Result.EXPIRED;
import static io.breakwater.core.business.authentication.UsedProofs.Result.FULL;
import static io.breakwater.core.business.authentication.UsedProofs.Result.USED;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.authentication.Sha256Digest;
import io.breakwater.core.business.authentication.UsedProofs.Result;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.execution.ManualExecutors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProofMemoryTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int THREADS = 8;
    private static final int ROUNDS = 200;

    private final ManualExecutors executors = new ManualExecutors();
    private final ProofMemory memory = new ProofMemory(1_000, executors.clock());

    private Result add(ProofMemory target, String proof, String owner, Duration life) {
        return target.add(
                Sha256Digest.of(proof), owner, executors.clock().instant().plus(life));
    }

    private Result add(String proof) {
        return add(memory, proof, "ann", MINUTE);
    }

    @Test
    void addsAProofOnceUntilItIsTooOld() {
        assertThat(add("one")).isEqualTo(ADDED);
        assertThat(add("one")).isEqualTo(USED);
        assertThat(memory.contains(Sha256Digest.of("one"))).isTrue();
        assertThat(memory.contains(Sha256Digest.of("two"))).isFalse();

        executors.pass(MINUTE.minusMillis(1));
        assertThat(add(memory, "one", "ann", Duration.ofMillis(1))).isEqualTo(USED);
    }

    @Test
    void aProofThatBecameTooOldWhileItWasVerifiedIsNotAddedAgain() {
        add("one");
        executors.pass(MINUTE);

        assertThat(add(memory, "one", "ann", Duration.ZERO)).isEqualTo(EXPIRED);
        assertThat(memory.size()).isZero();
    }

    @Test
    @CoversOutage("bound tokens: memory full of used proofs")
    void onePrincipalHasHalfOfTheRoomAndNoProofIsForgottenWhenThereIsNone() {
        for (int i = 0; i < 500; i++) {
            assertThat(add("ann " + i)).isEqualTo(ADDED);
        }
        assertThat(add("one more")).isEqualTo(FULL);
        for (int i = 0; i < 500; i++) {
            assertThat(add(memory, "ben " + i, "ben " + i, MINUTE)).isEqualTo(ADDED);
        }
        assertThat(add(memory, "one more", "cat", MINUTE)).isEqualTo(FULL);

        for (int i = 0; i < 500; i++) {
            assertThat(add("ann " + i)).isEqualTo(USED);
        }
    }

    @Test
    void aMillionProofsOccupyNoMoreMemoryThanTheLimitAndExpiredOnesMakeRoom() {
        for (int i = 0; i < 1_000_000; i++) {
            add(memory, "proof " + i, "owner " + i % 3, MINUTE);
            if (i % 1_000 == 999) {
                assertThat(memory.size()).isLessThanOrEqualTo(1_000);
                executors.pass(MINUTE);
                assertThat(add("after " + i)).isEqualTo(ADDED);
            }
        }

        executors.pass(MINUTE);
        for (int i = 0; i < 1_000; i++) {
            add(memory, "late " + i, "ann", Duration.ZERO);
        }
        assertThat(memory.size()).isZero();
    }

    @Test
    void ofConcurrentUsesOfAProofExactlyOneAddsIt() throws Exception {
        var start = new CyclicBarrier(THREADS);
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            for (int round = 0; round < ROUNDS; round++) {
                var proof = "proof " + round;
                var results = new ArrayList<Future<Result>>();
                for (int i = 0; i < THREADS; i++) {
                    results.add(pool.submit(() -> {
                        start.await();
                        return add(proof);
                    }));
                }
                int added = 0;
                for (var result : results) {
                    added += result.get() == ADDED ? 1 : 0;
                }
                assertThat(added).as(proof).isEqualTo(1);
            }
        }
    }
}
