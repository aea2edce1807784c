package io.breakwater.bootstrap.audit;

import io.breakwater.bootstrap.tlog.TilePath;
import java.util.List;

/**
 * The partial tiles of the last two checkpoints. A reader may still use those of the one before the last, so that only
 * older ones are deleted.
 */
final class PartialTiles {
    private List<TilePath> last;
    private List<TilePath> beforeLast;

    /**
     * Creates the tiles of the present checkpoint.
     *
     * @param last its tiles
     * @param others further partial tiles that exist, of older checkpoints or of an attempt that failed
     */
    PartialTiles(List<TilePath> last, List<TilePath> others) {
        this.last = List.copyOf(last);
        this.beforeLast = List.copyOf(others);
    }

    /** Sets the tiles of a new checkpoint; returns those that no checkpoint needs any more. */
    List<TilePath> replace(List<TilePath> tiles) {
        var unused = beforeLast.stream()
                .filter(tile -> !tiles.contains(tile) && !last.contains(tile))
                .toList();
        beforeLast = last;
        last = List.copyOf(tiles);
        return unused;
    }
}
