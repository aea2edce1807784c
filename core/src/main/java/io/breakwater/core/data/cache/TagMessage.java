package io.breakwater.core.data.cache;

import io.breakwater.core.business.cache.CacheKey;
import io.breakwater.core.business.cache.TagId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The message about invalidated tags on the event bus: four letters and the digests of the tags. */
final class TagMessage {
    private static final byte[] KIND = "BWT1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAG = 4 * Long.BYTES;

    private TagMessage() {}

    static byte[] write(Collection<TagId> tags) {
        var buffer = ByteBuffer.allocate(KIND.length + tags.size() * TAG).put(KIND);
        tags.forEach(tag -> buffer.put(tag.digest().bytes()));
        return buffer.array();
    }

    /** Reads the tags; returns null if the message is not one of this version. */
    static @Nullable List<TagId> read(byte[] message) {
        int length = message.length - KIND.length;
        if (length < 0 || length % TAG != 0 || !Arrays.equals(message, 0, KIND.length, KIND, 0, KIND.length)) {
            return null;
        }
        var buffer = ByteBuffer.wrap(message, KIND.length, length);
        var tags = new ArrayList<TagId>();
        while (buffer.hasRemaining()) {
            tags.add(new TagId(new CacheKey(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong())));
        }
        return tags;
    }
}
