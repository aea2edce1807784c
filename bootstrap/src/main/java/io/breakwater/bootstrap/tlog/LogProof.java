package io.breakwater.bootstrap.tlog;

import io.breakwater.port.support.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A proof that a log contains an entry (C2SP tlog-proof), which can be checked with the entry and the public key of
 * the log, without the log itself.
 *
 * @param index the position of the entry, from 0
 * @param hashes the inclusion proof, from the sibling of the leaf upwards
 * @param checkpoint the checkpoint that it leads to
 */
public record LogProof(long index, List<byte[]> hashes, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";

    /** Copies the list. */
    public LogProof {
        hashes = List.copyOf(hashes);
    }

    /** Returns the text. */
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(HEADER);
        lines.add("index " + index);
        hashes.forEach(hash -> lines.add(Base64.getEncoder().encodeToString(hash)));
        return String.join("\n", lines) + "\n\n" + checkpoint.content();
    }

    /**
     * Returns the root that a tree has if it contains the entry at the position (RFC 9162 section 2.1.3.2).
     *
     * @param size the number of entries of the tree
     */
    public byte[] root(byte[] entry, long size) {
        long node = index;
        long last = size - 1;
        var hash = new TreeHash();
        var root = hash.ofEntry(entry);
        for (var sibling : hashes) {
            if ((node & 1) == 1 || node == last) {
                root = hash.ofNode(sibling, root);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                root = hash.ofNode(root, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? root : Sha256.of(new byte[0]);
    }
}
