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

/** The statistics of the values at one path, and of the paths below it. */
final class PathStatistics {
    private final int maxDistinct;
    private final Map<String, Integer> types = new TreeMap<>();
    private final Map<String, PathStatistics> members = new LinkedHashMap<>();
    private final Set<Object> distinctValues = new HashSet<>();
    private final NumberStatistics numbers = new NumberStatistics();
    private final LengthStatistics texts = new LengthStatistics();
    private final LengthStatistics arrays = new LengthStatistics();
    private @Nullable PathStatistics items;
    private int count;
    private boolean distinctCapped;

    PathStatistics(int maxDistinct) {
        this.maxDistinct = maxDistinct;
    }

    Map<String, PathStatistics> members() {
        return Collections.unmodifiableMap(members);
    }

    @Nullable
    PathStatistics items() {
        return items;
    }

    void add(Json value) {
        count++;
        switch (value) {
            case Json.Obj(var children) -> addMembers(children);
            case Json.Arr(var children) -> addItems(children);
            case Json.Text(var text) -> addText(text);
            case Json.Decimal(var number) -> addNumber(number);
            case Json.Bool bool -> {
                countType("boolean");
                addDistinct(bool);
            }
            case Json.Null ignored -> countType("null");
            case Json.Raw ignored ->
                throw new IllegalArgumentException("Raw JSON bytes must be parsed before they can be analyzed.");
        }
    }

    private void addMembers(Map<String, Json> children) {
        countType("object");
        children.forEach((name, value) -> members.computeIfAbsent(name, n -> new PathStatistics(maxDistinct))
                .add(value));
    }

    private void addItems(List<Json> children) {
        countType("array");
        arrays.add(children.size());
        if (!children.isEmpty()) {
            children.forEach(itemStatistics()::add);
        }
    }

    private PathStatistics itemStatistics() {
        if (items == null) {
            items = new PathStatistics(maxDistinct);
        }
        return items;
    }

    private void addText(String text) {
        countType("string");
        texts.add(text.codePointCount(0, text.length()));
        addDistinct(text);
    }

    private void addNumber(BigDecimal number) {
        countType("number");
        numbers.add(number);
        addDistinct(number.stripTrailingZeros());
    }

    private void countType(String name) {
        types.merge(name, 1, Integer::sum);
    }

    private void addDistinct(Object value) {
        if (distinctValues.size() < maxDistinct) {
            distinctValues.add(value);
        } else if (!distinctValues.contains(value)) {
            distinctCapped = true;
        }
    }

    Json.Obj toJson(List<BigDecimal> percentiles) {
        var counted = Json.object();
        types.forEach(counted::put);
        var statistics = Json.object()
                .put("count", count)
                .put("types", counted.build())
                .put("nulls", types.getOrDefault("null", 0));
        if (!distinctValues.isEmpty()) {
            statistics.put("distinct", distinctValues.size());
        }
        if (distinctCapped) {
            statistics.put("distinct_capped", true);
        }
        return statistics
                .putIfPresent("numbers", numbers.toJson(percentiles))
                .putIfPresent("text_lengths", texts.toJson())
                .putIfPresent("array_lengths", arrays.toJson())
                .build();
    }
}
