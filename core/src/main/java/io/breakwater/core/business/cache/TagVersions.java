package io.breakwater.core.business.cache;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which generations some tags are in. They are part of a result's key: a tag that is invalidated enters another
 * generation, drawn at random, and nothing that was kept before is ever found again.
 */
public final class TagVersions {
    /** Of no tags. */
    public static final TagVersions NONE = new TagVersions(List.of(), new long[0]);

    private final List<TagId> tags;
    private final long[] numbers;

    /** The generation of each tag, in the order of the tags. */
    public TagVersions(List<TagId> tags, long[] numbers) {
        if (tags.size() != numbers.length) {
            throw new IllegalArgumentException(tags.size() + " tags, but " + numbers.length + " generations");
        }
        this.tags = List.copyOf(tags);
        this.numbers = numbers.clone();
    }

    /** The tags. */
    public List<TagId> tags() {
        return tags;
    }

    /** The generation of the tag at that place. */
    public long number(int place) {
        return numbers[place];
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
        return tags.size() + " tags in " + Arrays.toString(numbers);
    }
}
