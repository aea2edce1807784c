package io.breakwater.bootstrap.tlog;

import java.util.Locale;

/**
 * The name of a tile or an entry bundle below the folder of a log (C2SP tlog-tiles), for example
 * {@code tile/0/x001/234.p/17}. A tile has 256 hashes or entries; the last one of a level may have fewer.
 *
 * @param level the level of a tile of hashes, from 0; {@link #ENTRIES} for an entry bundle
 * @param index the position in the level, from 0
 * @param width the number of hashes or entries, from 1 to 256
 */
public record TilePath(int level, long index, int width) {
    /** The number of hashes of a full tile. */
    public static final int FULL = 256;

    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    private static final int DIGITS = 1_000;

    /** Refuses names that no log has. */
    public TilePath {
        if (level < ENTRIES || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("No tile has level " + level + ", index " + index + ", width " + width);
        }
    }

    /** Returns the name of a tile of hashes in a tree of this size. */
    static TilePath inTree(int level, long index, long size) {
        long hashes = (size >>> (8 * level)) - index * FULL;
        return new TilePath(level, index, (int) Math.min(hashes, FULL));
    }

    /** Returns true if the tile has 256 hashes. */
    public boolean isFull() {
        return width == FULL;
    }

    /** Returns the name of the full tile at this position. */
    public TilePath full() {
        return new TilePath(level, index, FULL);
    }

    /** Returns the path, with {@code /} between its parts. */
    public String text() {
        var path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % DIGITS));
        for (long rest = index / DIGITS; rest > 0; rest /= DIGITS) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % DIGITS));
        }
        return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + path + (isFull() ? "" : ".p/" + width);
    }

    @Override
    public String toString() {
        return text();
    }
}
