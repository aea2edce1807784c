package io.breakwater.core.business.processing;

import io.breakwater.core.presentation.json.JsonTree;
import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Documents for tests: written as text, real ones, and random ones. */
public final class Documents {
    /** Unlike the server's own reader it takes numbers of any exponent, as an embedding application might hand in. */
    private static final JsonMapper ANY_NUMBER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String NAMES = "abcdefghij";

    private Documents() {}

    /** The value of a JSON text, in which apostrophes may stand for quotation marks. */
    public static Json json(String text) {
        return parsed(text.replace('\'', '"'));
    }

    /** The value of a JSON text. */
    public static Json parsed(String text) {
        return JsonTree.fromTree(ANY_NUMBER.readTree(text));
    }

    /** The value as compact JSON. */
    public static String text(Json value) {
        return ANY_NUMBER.writeValueAsString(JsonTree.toTree(value));
    }

    /** How many bytes the value takes as compact JSON. */
    public static int size(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Three orders of a shop, as its interface would give them. */
    public static Json.Obj orders() {
        return (Json.Obj) json("""
                {"shop": "Harbour", "orders": [
                  {"id": "A-1001", "customer": {"name": "Ada", "city": "Bremen"}, "paid": true, "note": null,
                   "lines": [{"sku": "rope", "price": 19.99, "quantity": 2}, {"sku": "hook", "price": 5.00, "quantity": 10}]},
                  {"id": "A-1002", "customer": {"name": "Grace", "city": "Kiel"}, "paid": false,
                   "lines": [{"sku": "rope", "price": 19.99, "quantity": 1}]},
                  {"id": "A-1003", "customer": {"name": "Zoë", "city": "Bremen"}, "paid": true, "lines": []}]}
                """);
    }

    /** A random value of at most that many levels. */
    public static Json random(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> Json.Null.NULL;
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> Json.of(random.nextInt(-1000, 1000));
            case 3 -> Json.of(new BigDecimal(random.nextLong() + "E" + random.nextInt(-20, 20)));
            case 4, 5 -> Json.of(word(random));
            case 6 -> array(random, depth - 1);
            default -> object(random, depth - 1);
        };
    }

    private static Json.Arr array(RandomGenerator random, int depth) {
        var items = new ArrayList<Json>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(random(random, depth));
        }
        return new Json.Arr(items);
    }

    private static Json.Obj object(RandomGenerator random, int depth) {
        var members = Json.object();
        for (int i = random.nextInt(4); i > 0; i--) {
            members.put(word(random), random(random, depth));
        }
        return members.build();
    }

    private static String word(RandomGenerator random) {
        var word = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            word.append(random.nextInt(8) == 0 ? oddity(random) : NAMES.charAt(random.nextInt(NAMES.length())));
        }
        return word.toString();
    }

    private static String oddity(RandomGenerator random) {
        String[] oddities = {".", "`", "\"", "\\", "[0]", " ", "é", "€", "😀", "\n", "\u0001", "/"};
        return oddities[random.nextInt(oddities.length)];
    }
}
