package peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import peer.ShopApi.PastOrder;

/** The tools of the public workload. Each asks the API and Redis at the same time, and waits on its virtual thread. */
@Singleton
public class ShopTools {
    private static final int POPULAR = 10;
    private static final int RECENT = 5;

    private final ShopApi api;
    private final ShopRedis redis;
    private final ObjectMapper mapper;

    ShopTools(@RestClient ShopApi api, ShopRedis redis, ObjectMapper mapper) {
        this.api = api;
        this.redis = redis;
        this.mapper = mapper;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    public record Item(int productId, int quantity) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Order(String userId, List<Item> items) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record RankedProduct(int id, String sku, String name, double price, double rating, int popularityRank) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record FoundProducts(
            String category, int totalFound, List<RankedProduct> products, List<Integer> top10PopularIds) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Cart(List<Item> items, int itemCount, double estimatedTotal) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record UserCart(String userId, Cart cart, List<PastOrder> recentHistory) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record PlacedOrder(
            String orderId, String userId, double total, int itemsCount, long rateLimitCount, String status) {}

    @RunOnVirtualThread
    @Tool(name = "search_products", description = "Searches products by category and price, with their popularity.")
    String search(
            @ToolArg(description = "The category of the products") String category,
            @ToolArg(name = "min_price", description = "The lowest price") double minPrice,
            @ToolArg(name = "max_price", description = "The highest price") double maxPrice,
            @ToolArg(description = "The maximum number of products") int limit)
            throws JsonProcessingException {
        var both = Uni.combine()
                .all()
                .unis(api.search(category, minPrice, maxPrice, limit), redis.mostPopular(POPULAR))
                .asTuple()
                .await()
                .indefinitely();
        var found = both.getItem1();
        var popular = both.getItem2();
        var products = found.products().stream()
                .map(product -> new RankedProduct(
                        product.id(),
                        product.sku(),
                        product.name(),
                        product.price(),
                        product.rating(),
                        popular.indexOf(product.id()) + 1))
                .toList();
        return mapper.writeValueAsString(new FoundProducts(category, found.totalFound(), products, popular));
    }

    @RunOnVirtualThread
    @Tool(name = "get_user_cart", description = "Returns the cart of a user and the last orders.")
    String cart(@ToolArg(name = "user_id", description = "The id of the user") String user)
            throws JsonProcessingException {
        var both = Uni.combine()
                .all()
                .unis(api.history(user, RECENT), redis.cart(user))
                .asTuple()
                .await()
                .indefinitely();
        var fields = both.getItem2();
        var items = List.of(mapper.readValue(fields.getOrDefault("items", "[]"), Item[].class));
        double total = Double.parseDouble(fields.getOrDefault("total", "0"));
        return mapper.writeValueAsString(
                new UserCart(user, new Cart(items, items.size(), total), both.getItem1().orders()));
    }

    @RunOnVirtualThread
    @Tool(name = "checkout", description = "Places an order: calculates the total, and records the order.")
    String checkOut(
            @ToolArg(name = "user_id", description = "The id of the user") String user,
            @ToolArg(description = "The items of the cart") List<Item> items)
            throws JsonProcessingException {
        var order = mapper.writeValueAsString(new Order(user, items));
        var both = Uni.combine()
                .all()
                .unis(api.price(order), redis.addOrder(user, items.get(0).productId(), order))
                .asTuple()
                .await()
                .indefinitely();
        var price = both.getItem1();
        return mapper.writeValueAsString(new PlacedOrder(
                price.orderId(), user, price.total(), price.itemsCount(), both.getItem2(), "confirmed"));
    }
}
