package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import org.jspecify.annotations.Nullable;

/** The stored form of a tag version. */
final class StoredTagVersion {
    private static final String KIND = "BWG1";

    private StoredTagVersion() {}

    static String name(TagId tag) {
        return "tag:" + tag.digest().hex();
    }

    static byte[] write(TagId tag, long version) {
        return StoredValue.write(KIND, tag.digest(), new byte[0], version);
    }

    /** Reads a version; returns null if {@link #write} did not write these bytes for this tag. */
    static @Nullable Long read(TagId tag, byte[] stored) {
        var value = StoredValue.read(KIND, tag.digest(), stored);
        return value == null || value.remaining() != Long.BYTES ? null : (Long) value.getLong();
    }
}
