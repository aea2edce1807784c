package io.breakwater.core.business.recall;

import io.breakwater.port.Json;
import java.util.regex.Pattern;

/**
 * Under what a result is kept: a SHA-256 of everything that decides it. Equal calls have equal keys on every replica;
 * calls that could differ in their result never share one.
 *
 * @param value 64 hexadecimal digits in lower case
 */
public record CacheKey(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** Refuses what is no key. */
    public CacheKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a cache key: " + value);
        }
    }

    /**
     * The key of one call.
     *
     * @param source which tool of which server would answer
     * @param partition who may share the result
     * @param arguments what it was called with, after defaults were filled in; without raw parts
     */
    public static CacheKey of(ResultSource source, Partition partition, Json arguments) {
        var digest = new PartsDigest()
                .add(source.deployment())
                .add(source.dataSource())
                .add(source.tool())
                .add(source.definitionDigest())
                .add(source.policyEpoch());
        partition.addTo(digest);
        return new CacheKey(digest.add(Canonical.bytes(arguments)).hex());
    }
}
