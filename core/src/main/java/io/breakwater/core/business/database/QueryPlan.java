package io.breakwater.core.business.database;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The gist of a plan, read out of what {@code EXPLAIN (FORMAT JSON)} writes: an array with one object, whose
 * {@code QueryPlan} is a tree of nodes. A node's {@code Total Cost} holds the costs of those under it.
 *
 * @param cost of the whole
 * @param rows that it gives
 * @param costliestStep the node that costs most by itself, in words
 */
public record QueryPlan(BigDecimal cost, BigDecimal rows, String costliestStep) {
    private static final BigDecimal NONE = BigDecimal.ZERO;

    /** Reads a plan; what is missing in it counts as nothing. */
    public static QueryPlan of(Json explained) {
        var first = explained instanceof Json.Arr(var items) && !items.isEmpty() ? items.getFirst() : explained;
        var root = first instanceof Json.Obj object ? object.object("Plan") : Json.Obj.EMPTY;
        var costliest = nodes(root)
                .reduce((one, other) -> ownCost(one).compareTo(ownCost(other)) >= 0 ? one : other)
                .orElse(root);
        return new QueryPlan(number(root, "Total Cost"), number(root, "Plan Rows"), words(costliest));
    }

    private static Stream<Json.Obj> nodes(Json.Obj node) {
        return Stream.concat(Stream.of(node), children(node).stream().flatMap(QueryPlan::nodes));
    }

    private static List<Json.Obj> children(Json.Obj node) {
        return node.get("Plans") instanceof Json.Arr(var items)
                ? items.stream()
                        .filter(Json.Obj.class::isInstance)
                        .map(Json.Obj.class::cast)
                        .toList()
                : List.of();
    }

    private static BigDecimal ownCost(Json.Obj node) {
        return children(node).stream()
                .map(child -> number(child, "Total Cost"))
                .reduce(number(node, "Total Cost"), BigDecimal::subtract);
    }

    private static BigDecimal number(Json.Obj node, String member) {
        return node.get(member) instanceof Json.Decimal(var value) ? value : NONE;
    }

    private static String words(Json.Obj node) {
        var type = node.text("Node Type");
        var table = node.text("Relation Name");
        var schema = node.text("Schema");
        var step = type == null ? "unknown" : type;
        if (table != null) {
            step += " on " + (schema == null ? table : schema + "." + table);
        }
        return step + " (cost " + ownCost(node).max(NONE).toPlainString() + ")";
    }
}
