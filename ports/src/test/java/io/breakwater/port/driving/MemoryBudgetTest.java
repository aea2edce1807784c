package io.breakwater.port.driving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
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
        try (var threads = Executors.newFixedThreadPool(8)) {
            var storms = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 8; i++) {
                var caller = "caller" + i % 5;
                storms.add(() -> storm(caller, exceeded));
            }
            for (var storm : threads.invokeAll(storms)) {
                storm.get();
            }
        }

        assertThat(exceeded.get()).isZero();
        assertThat(budget.used()).isZero();
        assertThat(budget.callers()).isZero();
    }

    private Void storm(String caller, AtomicLong exceeded) {
        var chance = ThreadLocalRandom.current();
        for (int i = 0; i < 20_000; i++) {
            var account = budget.account(caller);
            var lease = account.lease();
            lease.retain();
            lease.tryGrow(chance.nextInt(300));
            lease.shrink(chance.nextInt(50));
            if (lease.held() > budget.share()) {
                exceeded.incrementAndGet();
            }
            account.close();
            lease.release();
            lease.release();
        }
        return null;
    }

    @Test
    void refusesWhatCouldNeverWork() {
        assertThatThrownBy(() -> new MemoryBudget(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryBudget(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryBudget(1, 1.1)).isInstanceOf(IllegalArgumentException.class);
    }
}
