package io.breakwater.adapter.postgres.policy;

import io.breakwater.adapter.postgres.LruMap;
import io.breakwater.adapter.postgres.policy.FunctionPolicy.Question;
import io.breakwater.adapter.postgres.policy.FunctionPolicy.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The latest verdicts. Questions with very many names are not kept. Thread-safe. */
final class PolicyCache {
    static final int MOST = 1_000;
    static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST_NAMES = 500;

    private final LongSupplier nanoTime;
    private final Map<Question, Kept> kept = LruMap.atMost(MOST);

    private record Kept(Verdict verdict, long since) {}

    PolicyCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    Optional<Verdict> known(Question question) {
        var entry = kept.get(question);
        return entry != null && nanoTime.getAsLong() - entry.since() < LIFE.toNanos()
                ? Optional.of(entry.verdict())
                : Optional.empty();
    }

    void keep(Question question, Verdict verdict) {
        if (question.names().count() <= MOST_NAMES) {
            kept.put(question, new Kept(verdict, nanoTime.getAsLong()));
        }
    }
}
