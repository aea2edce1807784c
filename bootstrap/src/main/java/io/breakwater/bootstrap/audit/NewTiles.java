package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.TilePath;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tiles and bundles since the last checkpoint. They need not be on the disk before the checkpoint that signs them,
 * because their entries are pending until then. Not thread-safe.
 */
final class NewTiles {
    private final LogFolder folder;
    private final Set<TilePath> all = new LinkedHashSet<>();
    private final Set<TilePath> unforced = new LinkedHashSet<>();

    NewTiles(LogFolder folder) {
        this.folder = folder;
    }

    /** Writes a tile, which may be on the disk later. */
    void write(TilePath tile, byte[] content) throws IOException {
        folder.write(tile, content);
        all.add(tile);
        unforced.add(tile);
    }

    /** Returns the tiles that may not be on the disk yet. */
    List<TilePath> unforced() {
        return List.copyOf(unforced);
    }

    /** Records that tiles are on the disk. */
    void onForced(Collection<TilePath> tiles) {
        unforced.removeAll(tiles);
    }

    /** Waits until all tiles and their names are on the disk, and forgets them. */
    void force() throws IOException {
        for (var tile : unforced) {
            folder.force(tile);
        }
        folder.forceNames(all);
        unforced.clear();
        all.clear();
    }
}
