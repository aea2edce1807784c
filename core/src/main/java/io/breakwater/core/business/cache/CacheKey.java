package io.breakwater.core.business.cache;

import io.breakwater.port.Json;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Under what a result is kept: a SHA-256 of everything that decides it, as four numbers. Equal calls have equal keys on
 * every replica; calls that could differ in their result never share one.
 */
public record CacheKey(long first, long second, long third, long fourth) {

    /**
     * The key of one call.
     *
     * @param source which tool of which server would answer
     * @param partition who may share the result
     * @param arguments what it was called with, after defaults were filled in; without raw parts
     * @param generations of the tags the result carries
     */
    public static CacheKey of(ResultSource source, CachePartition partition, Json arguments, TagVersions generations) {
        var digest = source.digested();
        partition.addTo(digest);
        digest.add(CanonicalJson.bytes(arguments));
        generations.addTo(digest);
        return digest.key();
    }

    /** All of it, most significant first. */
    public byte[] bytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** 64 hexadecimal digits in lower case. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
