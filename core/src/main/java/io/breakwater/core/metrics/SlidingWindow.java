package io.breakwater.core.metrics;

import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Remembers the totals of the last few minutes, one for each tick, so that the present minus the oldest is what
 * happened since. Counting costs nothing more for it.
 */
final class SlidingWindow {
    private final Duration span;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    SlidingWindow(Duration span, Mark start) {
        this.span = span;
        marks.add(start);
    }

    /** The totals at a moment. */
    record Mark(long nanos, CounterTotals totals) {

        Duration until(Mark later) {
            return Duration.ofNanos(later.nanos - nanos);
        }
    }

    /** Keeps this mark, and forgets what is older than the span and has a successor that is too. */
    synchronized void tick(Mark now) {
        marks.add(now);
        Mark oldest = marks.remove();
        while (marks.getFirst().until(now).compareTo(span) >= 0) {
            oldest = marks.remove();
        }
        marks.addFirst(oldest);
    }

    /** From when on it tells. */
    synchronized Mark start() {
        return marks.getFirst();
    }
}
