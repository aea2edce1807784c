package io.breakwater.core.business.database;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * The summary of a plan, from the output of {@code EXPLAIN (FORMAT JSON)}: an array with one object, whose {@code Plan}
 * is a tree of nodes. The {@code Total Cost} of a node includes the costs of its children.
 *
 * @param cost the cost of the whole plan
 * @param rows the estimated number of rows
 * @param costliestStep the node with the highest cost of its own, as text
 */
public record QueryPlan(BigDecimal cost, BigDecimal rows, String costliestStep) {
    private static final BigDecimal ZERO = BigDecimal.ZERO;

    /** Reads a plan; missing values count as 0. */
    public static QueryPlan of(Json explained) {
        var first = explained instanceof Json.Arr(var items) && !items.isEmpty() ? items.getFirst() : explained;
        var root = first instanceof Json.Obj object ? object.object("Plan") : Json.Obj.EMPTY;
        var costliest = nodes(root)
                .reduce((one, other) -> ownCost(one).compareTo(ownCost(other)) >= 0 ? one : other)
                .orElse(root);
        return new QueryPlan(number(root, "Total Cost"), number(root, "Plan Rows"), describe(costliest));
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
        return node.get(member) instanceof Json.Decimal(var value) ? value : ZERO;
    }

    private static String describe(Json.Obj node) {
        var type = node.text("Node Type");
        var table = node.text("Relation Name");
        var schema = node.text("Schema");
        var step = type == null ? "unknown" : type;
        if (table != null) {
            step += " on " + (schema == null ? table : schema + "." + table);
        }
        return step + " (cost " + ownCost(node).max(ZERO).toPlainString() + ")";
    }
}
