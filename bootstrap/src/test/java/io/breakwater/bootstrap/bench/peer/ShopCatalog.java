package io.breakwater.bootstrap.bench.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * 100,000 products in 20 categories, always the same ones. Each is encoded once, and the products of a category are sorted
 * by price, so that a search costs two binary searches and a copy.
 */
final class ShopCatalog {
    private static final int PRODUCTS = 100_000;
    private static final List<String> CATEGORIES = List.of(
            "Antiques",
            "Audio",
            "Bathroom",
            "Bicycles",
            "Cameras",
            "Camping",
            "Candles",
            "Clocks",
            "Cookware",
            "Electronics",
            "Fishing",
            "Furniture",
            "Gardening",
            "Lighting",
            "Luggage",
            "Painting",
            "Shoes",
            "Stationery",
            "Textiles",
            "Watches");
    private static final List<String> ADJECTIVES =
            List.of("Amber", "Brisk", "Compact", "Durable", "Elegant", "Foldable", "Gentle");

    private static final int MIN_CENTS = 100;
    private static final int PRICES = 99_901; // up to 1,000.00
    private static final int STEP = 7_919; // coprime with PRICES, which scatters the prices

    private final List<Product> products =
            IntStream.rangeClosed(1, PRODUCTS).mapToObj(ShopCatalog::product).toList();
    private final Map<String, List<Product>> byCategory = products.stream()
            .sorted(Comparator.comparingInt(Product::cents).thenComparingInt(Product::id))
            .collect(Collectors.groupingBy(Product::category));

    /** A product and its JSON. */
    private record Product(int id, String category, int cents, String json) {}

    private static Product product(int id) {
        var category = CATEGORIES.get(id % CATEGORIES.size());
        var name = ADJECTIVES.get(id % ADJECTIVES.size()) + " " + category.toLowerCase(Locale.ROOT) + " " + id;
        int cents = MIN_CENTS + (int) ((long) id * STEP % PRICES);
        var json =
                "{\"id\":%d,\"sku\":\"P-%06d\",\"name\":\"%s\",\"category\":\"%s\",\"price\":%s,\"stock\":%d,\"rating\":%s,"
                                .formatted(
                                        id,
                                        id,
                                        name,
                                        category,
                                        Cents.text(cents),
                                        id % 300,
                                        Cents.text(100 + id % 41 * 10))
                        + "\"tags\":[\"tag-%d\",\"tag-%d\"],\"description\":\"%s, from the range %d of our %s department.\"}"
                                .formatted(id % 13, id % 17, name, id % 97, category);
        return new Product(id, category, cents, json);
    }

    /** Returns the cheapest products of a category within two prices as JSON, and how many there are in total. */
    byte[] search(String category, int minCents, int maxCents, int limit) {
        var sorted = byCategory.getOrDefault(category, List.of());
        int begin = firstFrom(sorted, minCents);
        int end = Math.max(begin, firstFrom(sorted, maxCents + 1));
        var shown = new ArrayList<String>(limit);
        for (var product : sorted.subList(begin, Math.min(end, begin + limit))) {
            shown.add(product.json());
        }
        return ("{\"category\":\"" + category + "\",\"total_found\":" + (end - begin) + ",\"products\":["
                        + String.join(",", shown) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the index of the first product that costs this much or more. */
    private static int firstFrom(List<Product> sorted, int cents) {
        int low = 0;
        int high = sorted.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted.get(middle).cents() < cents) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the price of a product in cents. */
    int cents(int id) {
        return products.get(id - 1).cents();
    }
}
