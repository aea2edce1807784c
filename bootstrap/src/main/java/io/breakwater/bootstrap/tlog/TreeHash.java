package io.breakwater.bootstrap.tlog;

import io.breakwater.port.support.Sha256;
import java.security.MessageDigest;
import java.util.List;

/**
 * Computes the hashes of a Merkle tree (RFC 6962 section 2.1). A prefix distinguishes leaves from nodes, so that no entry
 * has the hash of a node. All hashes have 32 bytes. Not thread-safe: one digest serves all hashes, because a new one
 * costs as much as a short hash.
 */
public final class TreeHash {
    /** The length of a hash in bytes. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = Sha256.begin();

    /** Creates an object for one thread. */
    public TreeHash() {}

    /** Returns the hash of an entry. */
    public byte[] ofEntry(byte[] entry) {
        digest.update(LEAF);
        return digest.digest(entry);
    }

    /** Returns the hash of a node with two children. */
    byte[] ofNode(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /**
     * Returns the root of a tree over these hashes: the left subtree has as many as the largest power of two that is
     * less than their number. The last one may stand for a smaller subtree than the others. The root of no hashes is
     * the hash of nothing.
     */
    byte[] ofTree(List<byte[]> hashes) {
        return switch (hashes.size()) {
            case 0 -> digest.digest();
            case 1 -> hashes.getFirst();
            default -> {
                int split = Integer.highestOneBit(hashes.size() - 1);
                yield ofNode(ofTree(hashes.subList(0, split)), ofTree(hashes.subList(split, hashes.size())));
            }
        };
    }
}
