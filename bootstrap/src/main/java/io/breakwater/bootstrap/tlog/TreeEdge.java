package io.breakwater.bootstrap.tlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of a growing tree: the tiles that are not full yet, one for each level. A tile that becomes full goes
 * to a {@link Sink}, and its root to the next level, so the memory for a tree of 2<sup>64</sup> entries is eight tiles.
 * Not thread-safe.
 */
public final class TreeEdge {
    private final List<List<byte[]>> levels = new ArrayList<>();
    private final TreeHash hash = new TreeHash();
    private long size;

    /** Receives tiles that are complete. */
    @FunctionalInterface
    public interface Sink {
        /** Receives a tile. */
        void write(TilePath path, byte[] tile) throws IOException;
    }

    /** Creates the edge of an empty tree. */
    public TreeEdge() {}

    /** Reads the edge of a tree of this size. */
    public static TreeEdge read(long size, HashTiles.Source source) throws IOException {
        var edge = new TreeEdge();
        edge.size = size;
        int level = 0;
        for (long hashes = size; hashes > 0; hashes /= TilePath.FULL) {
            var partial = new ArrayList<byte[]>();
            if (hashes % TilePath.FULL > 0) {
                var path = TilePath.inTree(level, hashes / TilePath.FULL, size);
                partial.addAll(split(source.read(path), path));
            }
            edge.levels.add(partial);
            level++;
        }
        return edge;
    }

    private static List<byte[]> split(byte[] tile, TilePath path) throws IOException {
        if (tile.length < path.width() * TreeHash.BYTES) {
            throw new IOException(path + " is too short: it has " + tile.length + " bytes");
        }
        var hashes = new ArrayList<byte[]>();
        for (int i = 0; i < path.width(); i++) {
            hashes.add(Arrays.copyOfRange(tile, i * TreeHash.BYTES, (i + 1) * TreeHash.BYTES));
        }
        return hashes;
    }

    /** Adds the hash of an entry. */
    public void add(byte[] leaf, Sink sink) throws IOException {
        add(0, leaf, sink);
        size++;
    }

    private void add(int level, byte[] added, Sink sink) throws IOException {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        var tile = levels.get(level);
        tile.add(added);
        if (tile.size() == TilePath.FULL) {
            sink.write(new TilePath(level, size >>> (8 * (level + 1)), TilePath.FULL), joined(tile));
            var root = hash.ofTree(tile);
            tile.clear();
            add(level + 1, root, sink);
        }
    }

    /** Writes the tiles that are not full. */
    public void writePartial(Sink sink) throws IOException {
        for (int level = 0; level < levels.size(); level++) {
            var tile = levels.get(level);
            if (!tile.isEmpty()) {
                long index = (size >>> (8 * level)) / TilePath.FULL;
                sink.write(new TilePath(level, index, tile.size()), joined(tile));
            }
        }
    }

    private static byte[] joined(List<byte[]> hashes) {
        var bytes = new ByteArrayOutputStream(hashes.size() * TreeHash.BYTES);
        hashes.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** Returns the number of entries. */
    public long size() {
        return size;
    }

    /** Returns the root of the tree: what is right of the hashes of a level is one smaller subtree beside them. */
    public byte[] root() {
        var right = List.<byte[]>of();
        for (var level : levels) {
            var hashes = new ArrayList<>(level);
            hashes.addAll(right);
            right = hashes.isEmpty() ? hashes : List.of(hash.ofTree(hashes));
        }
        return hash.ofTree(right);
    }
}
