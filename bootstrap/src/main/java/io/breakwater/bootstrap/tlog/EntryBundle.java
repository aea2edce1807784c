package io.breakwater.bootstrap.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The format of entry bundles (C2SP tlog-tiles): entries one after the other, each after its length in two bytes. */
public final class EntryBundle {
    /** The maximum length of an entry in bytes. */
    public static final int MAX_ENTRY_BYTES = 0xFFFF;

    private EntryBundle() {}

    /**
     * Writes entries.
     *
     * @throws IllegalArgumentException if an entry is too long
     */
    public static byte[] write(List<byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("An entry has at most " + MAX_ENTRY_BYTES + " bytes.");
            }
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads entries.
     *
     * @throws IOException if the last entry is not complete
     */
    public static List<byte[]> read(byte[] bundle) throws IOException {
        var entries = new ArrayList<byte[]>();
        for (int at = 0; at < bundle.length; ) {
            int end = at + 2 > bundle.length
                    ? Integer.MAX_VALUE
                    : at + 2 + (((bundle[at] & 0xFF) << 8) | (bundle[at + 1] & 0xFF));
            if (end > bundle.length) {
                throw new IOException("the entry after " + entries.size() + " entries is not complete");
            }
            entries.add(Arrays.copyOfRange(bundle, at + 2, end));
            at = end;
        }
        return entries;
    }
}
