package io.breakwater.bootstrap.tlog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The hashes of a tree that is stored as tiles. A tile of level {@code l} contains hashes of subtrees with
 * 256<sup>l</sup> entries; every other hash is computed from these. It remembers the tiles that it read, so one object
 * serves one proof or one root. It trusts the tiles: compare a root with a checkpoint. Not thread-safe.
 */
public final class HashTiles {
    private static final int TILE_HEIGHT = 8;

    private final long size;
    private final Source source;
    private final Map<TilePath, byte[]> tiles = new HashMap<>();
    private final TreeHash hash = new TreeHash();

    /** Reads tiles. */
    @FunctionalInterface
    public interface Source {
        /** Returns the hashes of a tile, one after the other. */
        byte[] read(TilePath tile) throws IOException;
    }

    /**
     * Creates the hashes of a tree.
     *
     * @param size the number of entries for which the source has tiles
     */
    public HashTiles(long size, Source source) {
        this.size = size;
        this.source = source;
    }

    /** Returns the root of the tree over the first entries; as many as the tree has, or fewer. */
    public byte[] root(long entries) throws IOException {
        return entries == 0 ? hash.ofTree(List.of()) : hash(0, entries);
    }

    /**
     * Returns the inclusion proof of an entry (RFC 6962 section 2.1.1), from the sibling of the leaf upwards.
     *
     * @param index the position of the entry
     */
    public List<byte[]> inclusionProof(long index) throws IOException {
        var proof = new ArrayList<byte[]>();
        long low = 0;
        long high = size;
        while (high - low > 1) {
            long split = low + Long.highestOneBit(high - low - 1);
            if (index < split) {
                proof.addFirst(hash(split, high));
                high = split;
            } else {
                proof.addFirst(hash(low, split));
                low = split;
            }
        }
        return proof;
    }

    /** Returns the hash of the subtree over the entries from {@code low}, inclusive, to {@code high}, exclusive. */
    private byte[] hash(long low, long high) throws IOException {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            return perfect(low, Long.numberOfTrailingZeros(count));
        }
        long split = low + Long.highestOneBit(count - 1);
        return hash.ofNode(hash(low, split), hash(split, high));
    }

    /** Returns the hash of a subtree with 2<sup>height</sup> entries, from the hashes of one tile. */
    private byte[] perfect(long low, int height) throws IOException {
        int level = height / TILE_HEIGHT;
        long first = low >>> (TILE_HEIGHT * level);
        var tile = tile(level, first / TilePath.FULL);
        var hashes = new ArrayList<byte[]>();
        for (int i = 0; i < 1 << height % TILE_HEIGHT; i++) {
            hashes.add(hashAt(tile, (int) (first % TilePath.FULL) + i));
        }
        return hash.ofTree(hashes);
    }

    private byte[] tile(int level, long index) throws IOException {
        var path = TilePath.inTree(level, index, size);
        var known = tiles.get(path);
        if (known != null) {
            return known;
        }
        var tile = source.read(path);
        if (tile.length < path.width() * TreeHash.BYTES) {
            throw new IOException(path + " has " + tile.length + " bytes, and not " + path.width() * TreeHash.BYTES);
        }
        tiles.put(path, tile);
        return tile;
    }

    private static byte[] hashAt(byte[] tile, int position) {
        return Arrays.copyOfRange(tile, position * TreeHash.BYTES, (position + 1) * TreeHash.BYTES);
    }
}
