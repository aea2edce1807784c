package io.breakwater.core.business.cache;

import io.breakwater.port.support.LengthPrefixedDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of some tags. They are part of a result's key: an invalidated tag gets a new random version, so that
 * lookups do not find any result that was stored before.
 */
public final class TagVersions {
    /** The versions of no tags. */
    public static final TagVersions NONE = new TagVersions(List.of(), new long[0]);

    private final List<TagId> tags;
    private final long[] numbers;

    /** Creates versions; {@code numbers} holds the version of each tag, in the order of the tags. */
    public TagVersions(List<TagId> tags, long[] numbers) {
        if (tags.size() != numbers.length) {
            throw new IllegalArgumentException(tags.size() + " tags, but " + numbers.length + " versions");
        }
        this.tags = List.copyOf(tags);
        this.numbers = numbers.clone();
    }

    /** Returns the tags. */
    public List<TagId> tags() {
        return tags;
    }

    /** Returns the version of the tag at an index. */
    public long number(int index) {
        return numbers[index];
    }

    void addTo(LengthPrefixedDigest digest) {
        for (long number : numbers) {
            digest.add(number);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TagVersions that && tags.equals(that.tags) && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return tags.size() + " tags, versions " + Arrays.toString(numbers);
    }
}
