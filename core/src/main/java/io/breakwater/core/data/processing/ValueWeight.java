package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Utils.RangeList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How large a value is, in characters of JSON or so, with every part counted as often as it appears. That last matters:
 * {@code [$x, $x]} nested thirty times takes thirty lists in memory and a thousand million places in a result, and
 * comparing, printing or copying such a value once would never end. Weighing stops as soon as the limit is passed.
 *
 * <p>Parts of the input were weighed once and for all; they count in full towards the size, but not as newly made.
 */
final class ValueWeight {
    private static final int SCALAR = 8;
    private static final int ENTRY = 2;
    private static final int MAX_NESTING = 128;

    private final IdentityHashMap<Object, Long> known;
    private final long limit;
    private long size;
    private long made;

    private ValueWeight(IdentityHashMap<Object, Long> known, long limit) {
        this.known = known;
        this.limit = limit;
    }

    /**
     * Weighs a value.
     *
     * @param known sizes of parts of the input, by identity
     * @throws EvaluationLimitException when it is larger than the limit, or nests without end
     */
    static ValueWeight of(@Nullable Object value, IdentityHashMap<Object, Long> known, long limit) {
        var weight = new ValueWeight(known, limit);
        weight.add(value, 0);
        return weight;
    }

    /** All of it. */
    long size() {
        return size;
    }

    /** What of it is not part of the input. */
    long made() {
        return made;
    }

    private void add(@Nullable Object value, int nesting) {
        if (nesting > MAX_NESTING) {
            throw EvaluationLimitException.because(
                    "The expression builds a value that nests deeper than " + MAX_NESTING + " levels.");
        }
        var before = value == null ? null : known.get(value);
        if (before != null) {
            plus(before, 0);
        } else {
            addNew(value, nesting);
        }
    }

    private void addNew(@Nullable Object value, int nesting) {
        switch (value) {
            case String text -> plus(text.length() + ENTRY);
            case RangeList range -> plus((long) range.size() * SCALAR);
            case Collection<?> items -> {
                plus(ENTRY);
                items.forEach(item -> add(item, nesting + 1));
            }
            case Map<?, ?> members -> {
                plus(ENTRY);
                members.forEach((name, member) -> {
                    plus(String.valueOf(name).length() + ENTRY);
                    add(member, nesting + 1);
                });
            }
            case null, default -> plus(SCALAR);
        }
    }

    private void plus(long part) {
        plus(part, part);
    }

    private void plus(long part, long ofWhichNew) {
        size += part;
        made += ofWhichNew;
        if (size > limit) {
            throw EvaluationLimitException.because(
                    "The expression builds a value larger than " + limit + " characters.");
        }
    }
}
