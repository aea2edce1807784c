package io.breakwater.port.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.port.driven.Leases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link Leases} must do: one holder at a time, for the given TTL and no longer. */
public abstract class LeasesContract {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMinutes(1);
    private static final int THREADS = 8;

    /** Creates leases without a holder. */
    protected abstract Leases make();

    /** Advances the clock of the object that {@link #make} created, without waiting. */
    protected abstract void pass(Duration time);

    @Test
    void belongsToItsFirstHolder() {
        var leases = make();

        assertThat(leases.acquire("lease", "first", TTL)).isTrue();
        assertThat(leases.acquire("lease", "second", TTL)).isFalse();
    }

    @Test
    void itsHolderCanExtendIt() {
        var leases = make();
        leases.acquire("lease", "holder", TTL);
        pass(TTL.minus(MOMENT));

        assertThat(leases.acquire("lease", "holder", TTL)).isTrue();

        pass(TTL.minus(MOMENT));
        assertThat(leases.acquire("lease", "other", TTL)).isFalse();
        pass(MOMENT.multipliedBy(2));
        assertThat(leases.acquire("lease", "other", TTL)).isTrue();
    }

    @Test
    void isFreeAfterItsTtl() {
        var leases = make();
        leases.acquire("lease", "holder", TTL);

        pass(TTL.plus(MOMENT));

        assertThat(leases.acquire("lease", "other", TTL)).isTrue();
        assertThat(leases.acquire("lease", "holder", TTL)).isFalse();
    }

    @Test
    void rejectedAttemptsDoNotExtendIt() {
        var leases = make();
        leases.acquire("lease", "holder", TTL);
        pass(TTL.minus(MOMENT));
        leases.acquire("lease", "other", TTL.multipliedBy(10));

        pass(MOMENT.multipliedBy(2));

        assertThat(leases.acquire("lease", "third", TTL)).isTrue();
    }

    @Test
    void isFreeAfterItsHolderReleasesIt() {
        var leases = make();
        leases.acquire("lease", "holder", TTL);

        leases.release("lease", "holder");
        leases.release("lease", "holder");

        assertThat(leases.acquire("lease", "other", TTL)).isTrue();
    }

    @Test
    void onlyItsHolderCanReleaseIt() {
        var leases = make();
        leases.acquire("lease", "holder", TTL);

        leases.release("lease", "other");
        leases.release("lease", "");

        assertThat(leases.acquire("lease", "third", TTL)).isFalse();
    }

    @Test
    void anExpiredHolderCannotReleaseIt() {
        var leases = make();
        leases.acquire("lease", "late", TTL);
        pass(TTL.plus(MOMENT));
        leases.acquire("lease", "next", TTL);

        leases.release("lease", "late");

        assertThat(leases.acquire("lease", "third", TTL)).isFalse();
    }

    @Test
    void distinguishesSimilarNamesAndHolders() {
        var leases = make();
        var names = List.of("a", "A", "a ", "a:b", "a*", "ä", "a\u0308", "{a}", "{b}", "", "a".repeat(1_000));

        assertThat(names)
                .allSatisfy(name ->
                        assertThat(leases.acquire(name, "<" + name + ">", TTL)).isTrue());
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(leases.acquire(name, "< " + name + ">", TTL)).isFalse());
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(leases.acquire(name, "<" + name + ">", TTL)).isTrue());
    }

    @Test
    void neverHasTwoHoldersAtTheSameTime() throws Exception {
        var leases = make();
        var inside = new AtomicInteger();
        var taken = new AtomicInteger();

        var crowded = ConcurrentRun.run(
                THREADS,
                thread -> IntStream.range(0, 300)
                        .filter(i -> isCrowded(leases, "holder " + thread + "/" + i, inside, taken))
                        .count());

        assertThat(crowded).containsOnly(0L);
        assertThat(taken.get()).isPositive();
        assertThat(leases.acquire("lease", "last", TTL)).isTrue();
    }

    private static boolean isCrowded(Leases leases, String holder, AtomicInteger inside, AtomicInteger taken) {
        if (!leases.acquire("lease", holder, TTL)) {
            return false;
        }
        taken.incrementAndGet();
        boolean crowded = inside.incrementAndGet() != 1 || !leases.acquire("lease", holder, TTL);
        inside.decrementAndGet();
        leases.release("lease", holder);
        return crowded;
    }
}
