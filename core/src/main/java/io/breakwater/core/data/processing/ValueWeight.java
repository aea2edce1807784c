package io.breakwater.core.data.processing;

import com.dashjoin.jsonata.Utils.RangeList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size of a value in approximate characters of JSON, in which every part counts as often as it appears. This
 * matters because {@code [$x, $x]} nested thirty times takes thirty lists in memory but a thousand million positions in
 * a result, and a single comparison, output or copy of such a value would never end. The computation stops as soon as
 * the limit is exceeded.
 *
 * <p>Parts of the input are measured only once; they count for the size, but not as newly created.
 */
final class ValueWeight {
    private static final int SCALAR = 8;
    private static final int ENTRY = 2;
    private static final int MAX_NESTING = 128;

    private final IdentityHashMap<Object, Long> known;
    private final long limit;
    private long size;
    private long created;

    private ValueWeight(IdentityHashMap<Object, Long> known, long limit) {
        this.known = known;
        this.limit = limit;
    }

    /**
     * Measures a value.
     *
     * @param known the sizes of parts of the input, by identity
     * @throws EvaluationLimitException if the value is larger than the limit or nests too deeply
     */
    static ValueWeight of(@Nullable Object value, IdentityHashMap<Object, Long> known, long limit) {
        var weight = new ValueWeight(known, limit);
        weight.add(value, 0);
        return weight;
    }

    /** Returns the total size. */
    long size() {
        return size;
    }

    /** Returns the size of the parts that are not part of the input. */
    long created() {
        return created;
    }

    private void add(@Nullable Object value, int nesting) {
        if (nesting > MAX_NESTING) {
            throw EvaluationLimitException.because(
                    "The expression creates a value that nests deeper than " + MAX_NESTING + " levels.");
        }
        var knownSize = value == null ? null : known.get(value);
        if (knownSize != null) {
            plus(knownSize, 0);
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

    private void plus(long part, long newPart) {
        size += part;
        created += newPart;
        if (size > limit) {
            throw EvaluationLimitException.because(
                    "The expression creates a value larger than " + limit + " characters; select less data.");
        }
    }
}
