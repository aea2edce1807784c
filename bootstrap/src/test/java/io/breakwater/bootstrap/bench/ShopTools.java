package io.breakwater.bootstrap.bench;

import io.breakwater.bootstrap.bench.ShopApi.PastOrder;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Tool;
import io.breakwater.server.mcp.ToolResult;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Size;
import java.util.List;
import java.util.concurrent.ExecutorService;

/**
 * The three tools of the public workload. Each sends one HTTP request to the API and one request to Redis, at the same
 * time: on the thread of the call, and on another virtual thread.
 */
final class ShopTools {
    private static final int POPULAR = 10;
    private static final int RECENT = 5;

    private final ShopApi api;
    private final ShopRedis redis;
    private final ExecutorService threads;

    /**
     * Creates the tools.
     *
     * @param threads starts a virtual thread for each task
     */
    ShopTools(ShopApi api, ShopRedis redis, ExecutorService threads) {
        this.api = api;
        this.redis = redis;
        this.threads = threads;
    }

    record SearchInput(
            @Description("The category of the products") String category,

            @Description("The lowest price") @Name("min_price")
            double minPrice,

            @Description("The highest price") @Name("max_price")
            double maxPrice,

            @Description("The maximum number of products") int limit) {}

    record UserInput(
            @Description("The id of the user") @Name("user_id")
            String userId) {}

    record Item(
            @Description("The id of the product") @Name("product_id")
            int productId,

            @Description("The number of pieces") int quantity) {}

    record Order(
            @Description("The id of the user") @Name("user_id")
            String userId,

            @Description("The items of the cart") @Size(min = 1)
            List<Item> items) {}

    record RankedProduct(int id, String sku, String name, double price, double rating, int popularityRank) {}

    record FoundProducts(
            String category, int totalFound, List<RankedProduct> products, List<Integer> top10PopularIds) {}

    record Cart(List<Item> items, int itemCount, double estimatedTotal) {}

    record UserCart(String userId, Cart cart, List<PastOrder> recentHistory) {}

    record PlacedOrder(
            String orderId, String userId, double total, int itemsCount, long rateLimitCount, String status) {}

    List<Tool> all() {
        return List.of(
                Tool.named("search_products")
                        .description("Searches products by category and price, with their popularity.")
                        .input(SearchInput.class)
                        .readOnly()
                        .handler((input, call) -> ToolResult.text(ShopJson.text(search(input, call)))),
                Tool.named("get_user_cart")
                        .description("Returns the cart of a user and the last orders.")
                        .input(UserInput.class)
                        .readOnly()
                        .handler((input, call) -> ToolResult.text(ShopJson.text(cart(input.userId(), call)))),
                Tool.named("checkout")
                        .description("Places an order: calculates the total, and records the order.")
                        .input(Order.class)
                        .handler((order, call) -> ToolResult.text(ShopJson.text(checkOut(order, call)))));
    }

    private FoundProducts search(SearchInput input, Call call) throws Exception {
        var ranking = threads.submit(() -> redis.mostPopular(POPULAR));
        var found = api.search(input.category(), input.minPrice(), input.maxPrice(), input.limit(), call.context());
        var popular = ranking.get();
        var products = found.products().stream()
                .map(product -> new RankedProduct(
                        product.id(),
                        product.sku(),
                        product.name(),
                        product.price(),
                        product.rating(),
                        popular.indexOf(product.id()) + 1))
                .toList();
        return new FoundProducts(input.category(), found.totalFound(), products, popular);
    }

    private UserCart cart(String user, Call call) throws Exception {
        var stored = threads.submit(() -> redis.cart(user));
        var history = api.history(user, RECENT, call.context());
        var fields = stored.get();
        var items = List.of(ShopJson.parse(fields.getOrDefault("items", "[]"), Item[].class));
        double total = Double.parseDouble(fields.getOrDefault("total", "0"));
        return new UserCart(user, new Cart(items, items.size(), total), history);
    }

    private PlacedOrder checkOut(Order order, Call call) throws Exception {
        var json = ShopJson.text(order);
        int product = order.items().getFirst().productId();
        var added = threads.submit(() -> redis.addOrder(order.userId(), product, json));
        var price = api.price(json, call.context());
        return new PlacedOrder(
                price.orderId(), order.userId(), price.total(), price.itemsCount(), added.get(), "confirmed");
    }
}
