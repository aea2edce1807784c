package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.RateLimit;
import io.breakwater.port.driven.RateLimits;
import io.breakwater.port.driven.RateLimits.BucketKey;
import io.breakwater.port.driven.RateLimits.Charge;
import io.breakwater.port.driven.RateLimits.Decision;
import io.breakwater.port.driven.RateLimits.Decision.Admitted;
import io.breakwater.port.driven.RateLimits.Decision.Refused;
import io.breakwater.port.driven.RateLimits.Scope;
import io.breakwater.sample.outage.CoversOutage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RateLimits} must do: admit as many calls as a bucket has tokens, and take all tokens or none. */
public abstract class RateLimitsContract {
    private static final int THREADS = 8;

    /** So long that the tests end before a token is added by itself. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    /** Three calls at once, and one more every hour. */
    private static final RateLimit THREE = new RateLimit(24, Duration.ofDays(1), 3);

    private static final RateLimit MANY = new RateLimit(24, Duration.ofDays(1), 100);

    private static final BucketKey ANN = key("ann", "echo");
    private static final BucketKey BEN = key("ben", "echo");
    private static final BucketKey ALL = new BucketKey(Scope.GLOBAL, "", "");

    /** Creates a store in which every bucket is full. */
    protected abstract RateLimits make();

    /** Advances the clock of the store that {@link #make} created, without waiting; sets it back if negative. */
    protected abstract void pass(Duration time);

    private static BucketKey key(String principal, String tool) {
        return new BucketKey(Scope.PRINCIPAL, principal, tool);
    }

    private static Decision take(RateLimits limits, BucketKey key, int cost) {
        return limits.take(List.of(new Charge(key, THREE, cost)));
    }

    private static boolean admits(RateLimits limits, BucketKey key) {
        return take(limits, key, 1) instanceof Admitted;
    }

    private static int admitted(RateLimits limits, BucketKey key, int calls) {
        return (int) IntStream.range(0, calls).filter(i -> admits(limits, key)).count();
    }

    private static Duration retryAfter(Decision decision) {
        assertThat(decision).isInstanceOf(Refused.class);
        return ((Refused) decision).retryAfter();
    }

    private static long remaining(Decision decision) {
        assertThat(decision).isInstanceOf(Admitted.class);
        return ((Admitted) decision).balances().getFirst().remaining();
    }

    /** A little less than this time, since the clock of a store may run on. */
    private static void assertAbout(Duration actual, Duration expected) {
        assertThat(actual).isBetween(expected.minus(INTERVAL.dividedBy(2)), expected);
    }

    @Test
    void admitsTheBurstAtOnceAndThenOneCallInEachInterval() {
        var limits = make();

        assertThat(admitted(limits, ANN, 10)).isEqualTo(3);
        pass(INTERVAL.dividedBy(2));
        assertThat(admits(limits, ANN)).isFalse();
        pass(INTERVAL.dividedBy(2));
        assertThat(admitted(limits, ANN, 10)).isEqualTo(1);
        pass(INTERVAL.multipliedBy(2));
        assertThat(admitted(limits, ANN, 10)).isEqualTo(2);
    }

    @Test
    void holdsNoMoreTokensThanTheBurst() {
        var limits = make();
        admitted(limits, ANN, 3);

        pass(INTERVAL.multipliedBy(1_000));

        assertThat(admitted(limits, ANN, 10)).isEqualTo(3);
    }

    @Test
    void reportsWhatRemainsAndWhenTheNextTokenComes() {
        var limits = make();

        assertThat(remaining(take(limits, ANN, 1))).isEqualTo(2);
        assertThat(remaining(take(limits, ANN, 1))).isEqualTo(1);
        var last = (Admitted) take(limits, ANN, 1);

        assertThat(last.balances().getFirst().taken()).isEqualTo(1);
        assertThat(last.balances().getFirst().remaining()).isZero();
        assertAbout(last.balances().getFirst().nextToken(), INTERVAL);
        assertAbout(retryAfter(take(limits, ANN, 1)), INTERVAL);
    }

    @Test
    void aRefusedCallTakesNothing() {
        var limits = make();
        admitted(limits, ANN, 3);

        assertThat(admitted(limits, ANN, 100)).isZero();

        assertAbout(retryAfter(take(limits, ANN, 1)), INTERVAL);
        pass(INTERVAL);
        assertThat(admits(limits, ANN)).isTrue();
    }

    @Test
    void eachKeyHasABucketOfItsOwn() {
        var limits = make();
        var keys = List.of(
                ANN,
                BEN,
                key("ann", "echo2"),
                key("ann", ""),
                key("Ann", "echo"),
                key("ann echo", ""),
                key("{ann}", "echo"),
                key("ünïcode:{", "echo"),
                key("a".repeat(5_000), "echo"),
                new BucketKey(Scope.NETWORK, "ann", "echo"),
                new BucketKey(Scope.TOOL, "ann", "echo"),
                ALL);

        assertThat(keys).allSatisfy(key -> assertThat(admitted(limits, key, 5)).isEqualTo(3));
    }

    @Test
    void takesFromAllKeysOrFromNone() {
        var limits = make();
        admitted(limits, BEN, 3);
        var both = List.of(new Charge(ANN, THREE, 1), new Charge(BEN, THREE, 1), new Charge(ALL, MANY, 1));

        var refused = (Refused) limits.take(both);
        pass(INTERVAL);
        var admitted = (Admitted) limits.take(both);

        assertThat(refused.index()).isEqualTo(1);
        assertAbout(refused.retryAfter(), INTERVAL);
        assertThat(admitted.balances())
                .extracting(RateLimits.Balance::remaining)
                .containsExactly(2L, 0L, 99L);
    }

    @Test
    void namesTheKeyOfACallerThatHasATokenLast() {
        var limits = make();
        var total = key("ann", "");
        limits.take(List.of(new Charge(ANN, THREE, 3)));
        limits.take(List.of(new Charge(total, THREE, 10)));

        var refused = (Refused) limits.take(List.of(new Charge(ANN, THREE, 1), new Charge(total, THREE, 1)));

        assertThat(refused.index()).isEqualTo(1);
        assertAbout(refused.retryAfter(), INTERVAL.multipliedBy(8));
    }

    @Test
    void aBatchMayOverdrawAKeyThatIsNotExhausted() {
        var limits = make();
        admitted(limits, ANN, 2);

        assertThat(remaining(take(limits, ANN, 50))).isEqualTo(-49);

        assertAbout(retryAfter(take(limits, ANN, 1)), INTERVAL.multipliedBy(50));
        assertAbout(retryAfter(take(limits, ANN, 50)), INTERVAL.multipliedBy(50));
        pass(INTERVAL.multipliedBy(49));
        assertThat(admits(limits, ANN)).isFalse();
        pass(INTERVAL);
        assertThat(admits(limits, ANN)).isTrue();
    }

    @Test
    void noBatchOverdrawsAKeyByMoreThanFifty() {
        var limits = make();
        admitted(limits, ANN, 1);

        assertAbout(retryAfter(take(limits, ANN, 53)), INTERVAL);
        assertThat(remaining(take(limits, ANN, 52))).isEqualTo(-50);
    }

    @Test
    void aBatchTakesNothingFromAnyKeyIfOneIsExhausted() {
        var limits = make();
        admitted(limits, BEN, 3);

        assertThat(limits.take(List.of(new Charge(ANN, THREE, 40), new Charge(BEN, THREE, 1))))
                .isInstanceOf(Refused.class);

        assertThat(admitted(limits, ANN, 10)).isEqualTo(3);
    }

    @Test
    void takesMoreThanTheCostOnlyAsFarAsThereAreTokens() {
        var limits = make();

        assertThat(balance(limits, 1, 2).taken()).isEqualTo(2);
        assertThat(balance(limits, 1, 60).taken()).isEqualTo(1);
        assertThat(limits.take(List.of(new Charge(ANN, THREE, 1, 60)))).isInstanceOf(Refused.class);
    }

    private static RateLimits.Balance balance(RateLimits limits, int cost, int most) {
        return ((Admitted) limits.take(List.of(new Charge(ANN, THREE, cost, most))))
                .balances()
                .getFirst();
    }

    @Test
    @CoversOutage("rate limits: Redis with a clock that jumps")
    void aClockThatJumpsAheadAddsNoMoreThanTheBurst() {
        var limits = make();
        admitted(limits, ANN, 3);

        pass(Duration.ofDays(300));

        assertThat(admitted(limits, ANN, 10)).isEqualTo(3);
    }

    @Test
    @CoversOutage("rate limits: Redis with a clock that jumps")
    void aClockThatJumpsBackLocksNoKeyOutForLongerThanTheOverdraft() {
        var limits = make();
        admitted(limits, ANN, 3);

        pass(Duration.ofDays(-300));

        assertThat(retryAfter(take(limits, ANN, 1)))
                .isLessThanOrEqualTo(INTERVAL.multipliedBy(RateLimits.MAX_OVERDRAFT + 1));
        pass(INTERVAL.multipliedBy(RateLimits.MAX_OVERDRAFT + 1));
        assertThat(admits(limits, ANN)).isTrue();
    }

    @Test
    void aChangedLimitAppliesAtOnce() {
        var limits = make();
        admitted(limits, ANN, 3);

        var larger = limits.take(List.of(new Charge(ANN, THREE.withBurst(5), 1)));
        assertThat(larger).isInstanceOf(Admitted.class);

        assertThat(admits(limits, ANN)).isFalse();
    }

    @Test
    void concurrentCallsTakeEachTokenOnce() throws Exception {
        var limits = make();

        var counts = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 40)
                        .filter(i -> limits.take(calls(thread, i)) instanceof Admitted)
                        .count());

        assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        var rest = limits.take(List.of(new Charge(key("caller 0", ""), MANY, 1)));
        assertThat(remaining(rest)).isEqualTo(99 - counts.getFirst());
        assertThat(limits.take(List.of(new Charge(ALL, MANY, 1)))).isInstanceOf(Refused.class);
    }

    /** Each thread is a caller; the order of the keys varies, so that a store that locks in this order deadlocks. */
    private static List<Charge> calls(int thread, int call) {
        var own = new Charge(key("caller " + thread, ""), MANY, 1);
        var all = new Charge(ALL, MANY, 1);
        return (thread + call) % 2 == 0 ? List.of(own, all) : List.of(all, own);
    }

    @Test
    void concurrentBatchesNeverOverdrawByMoreThanFifty() throws Exception {
        var limits = make();

        var taken = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 20)
                        .filter(i -> take(limits, ANN, 20) instanceof Admitted)
                        .count());

        assertThat(taken.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        assertAbout(retryAfter(take(limits, ANN, 1)), INTERVAL.multipliedBy(18));
    }
}
