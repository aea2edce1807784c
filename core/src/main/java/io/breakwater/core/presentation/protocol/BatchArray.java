package io.breakwater.core.presentation.protocol;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** The answers to a batch, as one JSON array on one line. Thread-safe. */
final class BatchArray {
    private final ByteArrayOutputStream array = new ByteArrayOutputStream();

    synchronized void add(byte[] answer) {
        array.write(array.size() == 0 ? '[' : ',');
        array.writeBytes(answer);
    }

    /** The array; null when there are no answers. */
    synchronized byte @Nullable [] toBytes() {
        if (array.size() == 0) {
            return null;
        }
        array.write(']');
        return array.toByteArray();
    }
}
