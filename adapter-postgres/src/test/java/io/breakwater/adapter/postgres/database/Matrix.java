package io.breakwater.adapter.postgres.database;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each layer does, alone, about each class of attacks.
 *
 * @param rows the verdicts of each class, by its name
 */
record Matrix(Map<String, Map<Layer, LayerVerdict>> rows) {
    /** The layers, without {@link Layer#NONE}. */
    static final List<Layer> LAYERS =
            Arrays.stream(Layer.values()).filter(layer -> layer != Layer.NONE).toList();

    /** As it is expected to be: a line for each class, with a result for each layer. */
    static Matrix expected() {
        var rows = new TreeMap<String, Map<Layer, LayerVerdict>>();
        TextSection.resource("matrix.txt")
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(1)
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .forEach(cells -> rows.put(cells[1], row(Arrays.asList(cells).subList(2, cells.length))));
        return new Matrix(rows);
    }

    private static Map<Layer, LayerVerdict> row(List<String> cells) {
        var row = new EnumMap<Layer, LayerVerdict>(Layer.class);
        for (int i = 0; i < LAYERS.size(); i++) {
            row.put(LAYERS.get(i), LayerVerdict.in(cells.get(i)));
        }
        return row;
    }

    LayerVerdict verdict(AttackClass sort, Layer layer) {
        return verdict(sort.name(), layer);
    }

    private LayerVerdict verdict(String sort, Layer layer) {
        return requireNonNull(row(sort).get(layer));
    }

    private Map<Layer, LayerVerdict> row(String sort) {
        return requireNonNull(rows.get(sort));
    }

    /** The same, but for one cell. */
    Matrix with(String sort, Layer layer, LayerVerdict verdict) {
        var changed = new TreeMap<>(rows);
        var row = new EnumMap<>(row(sort));
        row.put(layer, verdict);
        changed.put(sort, row);
        return new Matrix(changed);
    }

    /** The cells that differ, each in a sentence. */
    List<String> differences(Matrix measured) {
        var differences = new ArrayList<String>();
        measured.rows.forEach((sort, row) -> row.forEach((layer, verdict) -> {
            if (verdict(sort, layer) != verdict) {
                differences.add(
                        layer + " " + verdict + " " + sort + ", where the matrix says: " + verdict(sort, layer));
            }
        }));
        return differences;
    }

    /** The classes that too few layers stop by themselves. */
    List<String> weaknesses(List<AttackClass> sorts) {
        return sorts.stream()
                .filter(sort -> stops(sort) < sort.kind().layers())
                .map(AttackClass::name)
                .toList();
    }

    private long stops(AttackClass sort) {
        return row(sort.name()).values().stream()
                .filter(LayerVerdict.STOPS::equals)
                .count();
    }
}
