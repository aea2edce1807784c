package io.breakwater.core.business.cache;

import io.breakwater.port.support.LengthPrefixedDigest;

/**
 * A tag of one deployment. Only its digest leaves the process, because tags may be confidential and of any length.
 *
 * @param digest the SHA-256 digest of deployment and tag
 */
public record TagId(CacheKey digest) implements Comparable<TagId> {

    /** Returns the tag that every tagged result carries in addition; it invalidates all of them at once. */
    public static TagId all(String deployment) {
        return new TagId(CacheKey.of(new LengthPrefixedDigest().add("every tag").add(deployment)));
    }

    /** Returns the id of a tag in a deployment. */
    public static TagId of(String deployment, String tag) {
        return new TagId(CacheKey.of(
                new LengthPrefixedDigest().add("tag").add(deployment).add(tag)));
    }

    @Override
    public int compareTo(TagId other) {
        int first = Long.compareUnsigned(digest.first(), other.digest.first());
        return first != 0 ? first : digest.hex().compareTo(other.digest.hex());
    }
}
