package io.breakwater.bootstrap.bench;

import io.breakwater.adapter.http.outbound.OutboundHttpClient;
import io.breakwater.adapter.http.outbound.OutboundRequest;
import io.breakwater.adapter.http.outbound.OutboundSettings;
import io.breakwater.adapter.http.outbound.ResponseLimits;
import io.breakwater.port.CallContext;
import io.breakwater.port.SettingNames;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The API of the shop, over kept connections. The methods block. Thread-safe. */
final class ShopApi implements AutoCloseable {
    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/json");

    private final String base;
    private final OutboundHttpClient client;

    private ShopApi(String base, OutboundHttpClient client) {
        this.base = base;
        this.client = client;
    }

    /** Creates a client for the API on a port of the loopback address. */
    static ShopApi on(int port, int connections) {
        var settings = OutboundSettings.defaults()
                .withAllowed(List.of("127.0.0.1"))
                .withRequestsPerHost(connections, Integer.MAX_VALUE);
        return new ShopApi("http://127.0.0.1:" + port, OutboundHttpClient.with(settings, SettingNames.JAVA));
    }

    record Product(int id, String sku, String name, double price, double rating) {}

    record Products(int totalFound, List<Product> products) {}

    record PastOrder(String orderId, int productId, int quantity, double price, long placedAt) {}

    record History(List<PastOrder> orders) {}

    record Price(String orderId, double total, int itemsCount) {}

    Products search(String category, double minPrice, double maxPrice, int limit, CallContext context) {
        var query = "?category=" + encoded(category) + "&min_price=" + minPrice + "&max_price=" + maxPrice + "&limit="
                + limit;
        return get("/products/search" + query, Products.class, context);
    }

    List<PastOrder> history(String user, int limit, CallContext context) {
        return get("/users/" + encoded(user) + "/orders?limit=" + limit, History.class, context)
                .orders();
    }

    /**
     * Returns the price of a cart.
     *
     * @param cart the user and the items, as JSON
     */
    Price price(String cart, CallContext context) {
        return send(
                OutboundRequest.post(uri("/cart/price"), "application/json", cart.getBytes(StandardCharsets.UTF_8)),
                Price.class,
                context);
    }

    private <T> T get(String target, Class<T> type, CallContext context) {
        return send(OutboundRequest.get(uri(target), ACCEPT), type, context);
    }

    private URI uri(String target) {
        return URI.create(base + target);
    }

    private <T> T send(OutboundRequest request, Class<T> type, CallContext context) {
        var response = client.send(request, ResponseLimits.DEFAULT, context);
        if (response.status() != 200) {
            throw new IllegalStateException("The API responded with the status " + response.status() + ".");
        }
        return ShopJson.parse(response.body(), type);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
