package io.breakwater.core.business.cache;

/**
 * A tag of one deployment. Only its digest leaves the process: tags may hold what is nobody else's business, and be of
 * any length.
 *
 * @param digest SHA-256 of deployment and tag
 */
public record TagId(CacheKey digest) implements Comparable<TagId> {

    /** The tag that every tagged result carries beside its own: by it they are all invalidated at once. */
    public static TagId all(String deployment) {
        return new TagId(
                new LengthPrefixedDigest().add("every tag").add(deployment).key());
    }

    /** That tag of that deployment. */
    public static TagId of(String deployment, String tag) {
        return new TagId(
                new LengthPrefixedDigest().add("tag").add(deployment).add(tag).key());
    }

    @Override
    public int compareTo(TagId other) {
        int first = Long.compareUnsigned(digest.first(), other.digest.first());
        return first != 0 ? first : digest.hex().compareTo(other.digest.hex());
    }
}
