package io.breakwater.core.business.cache;

import io.breakwater.port.Json;
import io.breakwater.port.support.CanonicalJson;
import io.breakwater.port.support.LengthPrefixedDigest;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The key of a cached result: a SHA-256 digest of everything that determines the result, as four numbers. Equal calls
 * have equal keys on every replica; calls whose results could differ never share a key.
 */
public record CacheKey(long first, long second, long third, long fourth) {

    /**
     * Computes the key of one call.
     *
     * @param source the tool and the server that produce the result
     * @param partition the principals that may share the result
     * @param arguments the arguments of the call, with defaults filled in and without raw parts
     * @param versions the versions of the result's tags
     */
    public static CacheKey of(ResultSource source, CachePartition partition, Json arguments, TagVersions versions) {
        var digest = source.newDigest();
        partition.addTo(digest);
        digest.add(CanonicalJson.bytes(arguments));
        versions.addTo(digest);
        return of(digest);
    }

    /** Returns the key that consists of a digest. */
    static CacheKey of(LengthPrefixedDigest parts) {
        var digest = ByteBuffer.wrap(parts.bytes());
        return new CacheKey(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /** Returns the 32 bytes of the key, most significant first. */
    public byte[] bytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** Returns the key as 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }
}
