package io.breakwater.core.business.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.sample.waiting.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleFlightTest {
    private static final CacheKey KEY = new CacheKey(1, 2, 3, 4);

    private final SingleFlight<String> singleFlight = new SingleFlight<>();

    @Test
    void theFirstLeadsAndTheOthersGetItsResult() throws Exception {
        var leader = singleFlight.join(KEY);
        var follower = singleFlight.join(KEY);
        var another = singleFlight.join(new CacheKey(1, 2, 3, 5));

        leader.complete("made");

        assertThat(List.of(leader.leads(), follower.leads(), another.leads())).containsExactly(true, false, true);
        assertThat(follower.await()).isEqualTo(new LoadOutcome.Loaded<>("made"));
    }

    @Test
    void afterTheEndTheNextLeadsAFlightOfItsOwn() {
        singleFlight.join(KEY).complete("made");

        assertThat(singleFlight.count()).isZero();
        assertThat(singleFlight.join(KEY).leads()).isTrue();
    }

    @Test
    void aLeaderThatLeavesHandsOverToTheNext() throws Exception {
        var leader = singleFlight.join(KEY);
        var second = singleFlight.join(KEY);
        var third = singleFlight.join(KEY);

        leader.leave();
        leader.leave();

        assertThat(second.await()).isInstanceOf(LoadOutcome.Promoted.class);
        assertThat(second.leads()).isTrue();
        second.complete("made");
        assertThat(third.await()).isEqualTo(new LoadOutcome.Loaded<>("made"));
    }

    @Test
    void aFollowerThatLeavesIsNotHandedTo() throws Exception {
        var leader = singleFlight.join(KEY);
        var second = singleFlight.join(KEY);
        var third = singleFlight.join(KEY);

        second.leave();
        leader.leave();

        assertThat(third.await()).isInstanceOf(LoadOutcome.Promoted.class);
    }

    @Test
    void aLeaderThatWasCalledOffMayStillBringTheResult() throws Exception {
        var leader = singleFlight.join(KEY);
        var second = singleFlight.join(KEY);
        var third = singleFlight.join(KEY);
        leader.leave();

        leader.complete("made all the same");

        assertThat(second.await()).isInstanceOf(LoadOutcome.Promoted.class);
        assertThat(third.await()).isEqualTo(new LoadOutcome.Loaded<>("made all the same"));
    }

    @Test
    void aFailureReachesAllFollowersUnlessANewLoadRuns() throws Exception {
        var failure = new IllegalStateException("no");
        var leader = singleFlight.join(KEY);
        var second = singleFlight.join(KEY);
        var third = singleFlight.join(KEY);
        leader.leave();

        leader.fail(new IllegalStateException("too late"));
        second.fail(failure);

        assertThat(third.await()).isEqualTo(new LoadOutcome.Failed<>(failure));
        assertThat(singleFlight.count()).isZero();
    }

    static List<Long> seeds() {
        return new SplittableRandom().longs(5).boxed().toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void concurrentCallersAlwaysFinishWithAtMostOneLeader(long seed) throws Exception {
        var leading = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 2_000; i++) {
                all.add(threads.submit(passenger(new SplittableRandom(seed + i), leading, most)));
            }
            for (var one : all) {
                assertThat(one.get(Eventually.SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(most.get()).isEqualTo(1);
        assertThat(singleFlight.count()).isZero();
    }

    /** Leads when it is its turn, and then lands, fails or is called off; or gives up without waiting. */
    private Callable<Boolean> passenger(SplittableRandom random, AtomicInteger leading, AtomicInteger most) {
        return () -> {
            var seat = singleFlight.join(KEY);
            if (!seat.leads() && random.nextInt(4) == 0) {
                seat.leave(); // which may just have been handed to it
                return true;
            }
            if (!seat.leads() && !(seat.await() instanceof LoadOutcome.Promoted)) {
                return true;
            }
            most.accumulateAndGet(leading.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            leading.decrementAndGet();
            switch (random.nextInt(3)) {
                case 0 -> seat.complete("made");
                case 1 -> seat.fail(new IllegalStateException("no"));
                default -> seat.leave();
            }
            seat.leave();
            return true;
        };
    }
}
