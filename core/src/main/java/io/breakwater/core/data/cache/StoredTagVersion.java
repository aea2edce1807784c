package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.TagId;
import org.jspecify.annotations.Nullable;

/** How the generation of a tag is written. */
final class StoredTagVersion {
    private static final String KIND = "BWG1";

    private StoredTagVersion() {}

    static String name(TagId tag) {
        return "tag:" + tag.digest().hex();
    }

    static byte[] write(TagId tag, long generation) {
        return StoredValue.write(KIND, tag.digest(), new byte[0], generation);
    }

    /** The generation, or null when these are not the bytes that {@link #write} made for this tag. */
    static @Nullable Long read(TagId tag, byte[] stored) {
        var value = StoredValue.read(KIND, tag.digest(), stored);
        return value == null || value.remaining() != Long.BYTES ? null : (Long) value.getLong();
    }
}
