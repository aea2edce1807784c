package io.breakwater.core.business.processing;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of the values at one path, and of the paths below it. */
final class PathFigures {
    private final int maxDistinct;
    private final Map<String, Integer> types = new TreeMap<>();
    private final Map<String, PathFigures> members = new LinkedHashMap<>();
    private final Set<Object> distinct = new HashSet<>();
    private final NumberFigures numbers = new NumberFigures();
    private final LengthFigures texts = new LengthFigures();
    private final LengthFigures arrays = new LengthFigures();
    private @Nullable PathFigures items;
    private int count;
    private boolean distinctCapped;

    PathFigures(int maxDistinct) {
        this.maxDistinct = maxDistinct;
    }

    Map<String, PathFigures> members() {
        return Collections.unmodifiableMap(members);
    }

    @Nullable
    PathFigures items() {
        return items;
    }

    void add(Json value) {
        count++;
        switch (value) {
            case Json.Obj(var found) -> addMembers(found);
            case Json.Arr(var found) -> addItems(found);
            case Json.Text(var text) -> addText(text);
            case Json.Decimal(var number) -> addNumber(number);
            case Json.Bool bool -> {
                type("boolean");
                distinct(bool);
            }
            case Json.Null ignored -> type("null");
            case Json.Raw ignored -> throw new IllegalArgumentException("raw bytes must be parsed to be analysed");
        }
    }

    private void addMembers(Map<String, Json> found) {
        type("object");
        found.forEach((name, value) ->
                members.computeIfAbsent(name, n -> new PathFigures(maxDistinct)).add(value));
    }

    private void addItems(List<Json> found) {
        type("array");
        arrays.add(found.size());
        if (!found.isEmpty()) {
            found.forEach(itemFigures()::add);
        }
    }

    private PathFigures itemFigures() {
        if (items == null) {
            items = new PathFigures(maxDistinct);
        }
        return items;
    }

    private void addText(String text) {
        type("string");
        texts.add(text.codePointCount(0, text.length()));
        distinct(text);
    }

    private void addNumber(BigDecimal number) {
        type("number");
        numbers.add(number);
        distinct(number.stripTrailingZeros());
    }

    private void type(String name) {
        types.merge(name, 1, Integer::sum);
    }

    private void distinct(Object value) {
        if (distinct.size() < maxDistinct) {
            distinct.add(value);
        } else if (!distinct.contains(value)) {
            distinctCapped = true;
        }
    }

    Json.Obj toJson(List<BigDecimal> percentiles) {
        var counted = Json.object();
        types.forEach(counted::put);
        var figures = Json.object()
                .put("count", count)
                .put("types", counted.build())
                .put("nulls", types.getOrDefault("null", 0));
        if (!distinct.isEmpty()) {
            figures.put("distinct", distinct.size());
        }
        if (distinctCapped) {
            figures.put("distinct_capped", true);
        }
        return figures.putIfPresent("numbers", numbers.toJson(percentiles))
                .putIfPresent("text_lengths", texts.toJson())
                .putIfPresent("array_lengths", arrays.toJson())
                .build();
    }
}
