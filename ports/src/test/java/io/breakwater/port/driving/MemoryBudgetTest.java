package io.breakwater.port.driving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final int ROUNDS = 1_000;

    private final MemoryBudget budget = new MemoryBudget(1_000, 0.25);

    @Test
    void oneCallerHoldsItsShareAtMost() {
        var account = budget.account("10.0.0.1");
        var first = account.lease();
        var second = account.lease();

        assertThat(first.tryGrow(200)).isTrue();
        assertThat(second.tryGrow(51)).isFalse();
        assertThat(second.tryGrow(50)).isTrue();
        assertThat(budget.used()).isEqualTo(250);
        assertThat(account.used()).isEqualTo(250);
    }

    @Test
    void knowsHowManyMessagesWereRefused() {
        assertThat(budget.refusals()).isZero();

        budget.countRefusal();
        budget.countRefusal();

        assertThat(budget.refusals()).isEqualTo(2);
    }

    @Test
    void allCallersTogetherHoldTheBudgetAtMost() {
        for (var caller : new String[] {"a", "b", "c", "d"}) {
            assertThat(budget.account(caller).lease().tryGrow(250)).isTrue();
        }
        var fifth = budget.account("e");

        assertThat(fifth.lease().tryGrow(1)).isFalse();
        assertThat(fifth.used()).isZero();
        assertThat(budget.used()).isEqualTo(1_000);
    }

    @Test
    void aShareOfOneLeavesEverythingToOneCaller() {
        var whole = new MemoryBudget(1_000, 1);

        assertThat(whole.fitsAnEmptyShare(1_000)).isTrue();
        assertThat(whole.account("proxy").lease().tryGrow(1_000)).isTrue();
    }

    @Test
    void tellsWhatNeverFits() {
        assertThat(budget.fitsAnEmptyShare(250)).isTrue();
        assertThat(budget.fitsAnEmptyShare(251)).isFalse();
    }

    @Test
    void aFinishedResultIsCountedEvenWhenItDoesNotFit() {
        var lease = budget.account("a").lease();
        lease.grow(5_000);

        assertThat(budget.used()).isEqualTo(5_000);
        assertThat(budget.account("b").lease().tryGrow(1)).isFalse();

        lease.release();

        assertThat(budget.used()).isZero();
        assertThat(budget.account("b").lease().tryGrow(1)).isTrue();
    }

    @Test
    void theLastHolderGivesEverythingBackOnce() {
        var lease = budget.account("a").lease();
        lease.tryGrow(100);
        lease.retain();

        lease.release();
        assertThat(budget.used()).isEqualTo(100);

        lease.release();
        lease.release();
        lease.shrink(50);
        assertThat(budget.used()).isZero();
    }

    @Test
    void aLeaseThatIsOverTakesNothing() {
        var lease = budget.account("a").lease();
        lease.release();
        lease.retain();

        assertThat(lease.tryGrow(1)).isFalse();
        lease.grow(1);
        assertThat(budget.used()).isZero();
    }

    @Test
    void neverGivesBackMoreThanItHolds() {
        var lease = budget.account("a").lease();
        lease.tryGrow(10);
        lease.shrink(20);

        assertThat(budget.used()).isZero();
        assertThat(lease.held()).isZero();
    }

    @Test
    void anAccountIsSharedByTheConnectionsOfACallerAndThenForgotten() {
        var first = budget.account("a");
        var second = budget.account("a");
        var lease = second.lease();
        lease.tryGrow(1);

        assertThat(first).isSameAs(second);
        first.close();
        second.close();
        assertThat(budget.callers()).isOne(); // work that goes on still counts for this caller
        assertThat(budget.account("a")).isSameAs(first);
        first.close();

        lease.release();
        assertThat(budget.callers()).isZero();
    }

    @Test
    void returnsToNothingAfterAStorm() throws Exception {
        var exceeded = new AtomicLong();
        inEightThreads(thread -> storm("caller" + thread % 5, exceeded));

        assertThat(exceeded.get()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(budget.callers()).isZero();
    }

    private void storm(String caller, AtomicLong exceeded) {
        var chance = ThreadLocalRandom.current();
        for (int i = 0; i < 20_000; i++) {
            var account = budget.account(caller);
            var lease = account.lease();
            lease.retain();
            lease.tryGrow(chance.nextInt(300));
            lease.shrink(chance.nextInt(50));
            if (account.used() > budget.share() || budget.used() > budget.limit()) {
                exceeded.incrementAndGet();
            }
            account.close();
            lease.release();
            lease.release();
        }
    }

    @Test
    void aLeaseMayBeUsedByManyThreadsAtOnce() throws Exception {
        var whole = new MemoryBudget(Long.MAX_VALUE, 1);
        var lease = whole.account("a").lease();
        inEightThreads(thread -> {
            for (int i = 0; i < 20_000; i++) {
                lease.retain();
                lease.tryGrow(3);
                lease.grow(5);
                lease.shrink(7);
                lease.release();
            }
        });

        assertThat(lease.held()).isEqualTo(8 * 20_000);
        assertThat(whole.used()).isEqualTo(lease.held());
        lease.release();
        assertThat(whole.used()).isZero();
        assertThat(lease.tryGrow(1)).isFalse(); // no holder was lost, and none is left
    }

    @Test
    void anAccountThatIsOpenedAgainIsNotForgotten() {
        var account = budget.account("a");
        budget.removeIfUnused(account); // as does a close that looked before it was opened again

        assertThat(budget.account("a")).isSameAs(account);
    }

    @Test
    void ofManyThatAskAtOnceOneGetsTheRestOfAShare() throws Exception {
        var whole = new MemoryBudget(1_000, 0.1);
        var account = whole.account("a");

        assertThat(rounds(thread -> account.lease())).isEqualTo(ROUNDS);
        assertThat(account.used()).isZero();
    }

    @Test
    void ofManyThatAskAtOnceOneGetsTheRestOfTheBudget() throws Exception {
        var whole = new MemoryBudget(100, 1);

        assertThat(rounds(thread -> whole.account("caller" + thread).lease())).isEqualTo(ROUNDS);
        assertThat(whole.used()).isZero();
    }

    /** How often one of eight threads got 60 bytes of 100, when all asked at the same time. */
    private static int rounds(IntFunction<MemoryLease> leases) throws Exception {
        var barrier = new CyclicBarrier(8);
        var got = new AtomicInteger();
        inEightThreads(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                var lease = leases.apply(thread);
                meet(barrier);
                if (lease.tryGrow(60)) {
                    got.incrementAndGet();
                }
                meet(barrier);
                lease.release();
            }
        });
        return got.get();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theMessageItselfIsGivenBackByWorkThatGoesOnWithoutIt() {
        var lease = budget.account("a").lease();
        lease.tryGrow(20);
        lease.tryGrow(150);
        lease.countAsMessage(150);

        lease.releaseMessage(10);
        assertThat(lease.held()).isEqualTo(30);
        lease.releaseMessage(10);
        assertThat(lease.held()).isEqualTo(30);
        lease.releaseMessage(0);
        assertThat(budget.used()).isEqualTo(20);

        lease.release();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aMessageWaitsForASecondUnlessSaidOtherwise() {
        assertThat(budget.maxWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new MemoryBudget(1, 1, Duration.ofHours(1)).maxWait()).isEqualTo(Duration.ofHours(1));
    }

    private static void inEightThreads(IntConsumer work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 8; i++) {
                int thread = i;
                all.add(() -> {
                    work.accept(thread);
                    return null;
                });
            }
            for (var one : threads.invokeAll(all)) {
                one.get();
            }
        }
    }

    @Test
    void refusesWhatCouldNeverWork() {
        assertThatThrownBy(() -> new MemoryBudget(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryBudget(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryBudget(1, 1.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
