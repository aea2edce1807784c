package io.breakwater.bootstrap.bench.peer;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API of the shop on the loopback address: {@code ShopService PORT}. It has little to do, so that the MCP servers
 * are measured and not the API.
 *
 * <ul>
 *   <li>{@code GET /products/search?category=&min_price=&max_price=&limit=}: the cheapest products of a category
 *   <li>{@code GET /users/{id}/orders?limit=}: the last orders of a user
 *   <li>{@code POST /cart/price}: the total of a cart
 *   <li>{@code GET /requests}: how many of these requests have arrived, in that order
 * </ul>
 */
public final class ShopService {
    private static final String USERS = "/users/";
    private static final String ORDERS = "/orders";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int DISCOUNT_FROM = 10_000;
    private static final int DISCOUNT_PERCENT = 10;
    private static final int TAX_PERCENT = 8;
    private static final int SHIPPING = 599;

    private final ShopCatalog catalog = new ShopCatalog();
    private int searches;
    private int histories;
    private int prices;

    private ShopService() {}

    /** Serves until the process is told to stop. All requests run on one event loop. */
    public static void main(String[] arguments) {
        var service = new ShopService();
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
                .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(Integer.parseInt(arguments[0])))
                .requestHandler(service::handle)
                .listen()
                .await();
    }

    private void handle(HttpServerRequest request) {
        var path = Objects.requireNonNullElse(request.path(), "");
        if (path.equals("/products/search")) {
            searches++;
            send(request, search(request));
        } else if (path.equals("/cart/price")) {
            prices++;
            request.body().onSuccess(body -> send(request, price(MAPPER.readTree(body.getBytes()))));
        } else if (path.equals("/requests")) {
            send(request, bytes("[" + searches + "," + histories + "," + prices + "]"));
        } else if (path.startsWith(USERS) && path.endsWith(ORDERS)) {
            histories++;
            var user = path.substring(USERS.length(), path.length() - ORDERS.length());
            send(request, history(user, Integer.parseInt(parameter(request, "limit"))));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private byte[] search(HttpServerRequest request) {
        return catalog.search(
                parameter(request, "category"),
                Cents.parse(parameter(request, "min_price")),
                Cents.parse(parameter(request, "max_price")),
                Integer.parseInt(parameter(request, "limit")));
    }

    private static String parameter(HttpServerRequest request, String name) {
        return Objects.requireNonNull(request.getParam(name), name);
    }

    /** The orders follow from the user alone. */
    private byte[] history(String user, int limit) {
        int seed = Math.floorMod(user.hashCode(), 10_007);
        return bytes(IntStream.rangeClosed(1, limit)
                .mapToObj(order -> order(seed, order))
                .collect(Collectors.joining(",", "{\"user_id\":\"" + user + "\",\"orders\":[", "]}")));
    }

    private String order(int seed, int number) {
        int product = 1 + seed * number % 99_991;
        return "{\"order_id\":\"order-" + seed + "-" + number + "\",\"product_id\":" + product + ",\"quantity\":"
                + (1 + number % 3) + ",\"price\":" + Cents.text(catalog.cents(product)) + ",\"placed_at\":"
                + (1_770_000_000 + seed * 3_600 + number * 86_400) + "}";
    }

    private byte[] price(JsonNode cart) {
        long subtotal = 0;
        for (var item : cart.path("items")) {
            subtotal += (long) catalog.cents(item.path("product_id").asInt())
                    * item.path("quantity").asInt();
        }
        long discount = subtotal >= DISCOUNT_FROM ? Cents.percent(subtotal, DISCOUNT_PERCENT) : 0;
        long shipping = subtotal >= DISCOUNT_FROM ? 0 : SHIPPING;
        long tax = Cents.percent(subtotal - discount, TAX_PERCENT);
        var user = cart.path("user_id").asString();
        return bytes("{\"order_id\":\"order-" + user + "-" + subtotal + "\",\"user_id\":\"" + user + "\",\"subtotal\":"
                + Cents.text(subtotal) + ",\"discount\":" + Cents.text(discount) + ",\"shipping\":"
                + Cents.text(shipping) + ",\"tax\":" + Cents.text(tax) + ",\"total\":"
                + Cents.text(subtotal - discount + shipping + tax) + ",\"items_count\":"
                + cart.path("items").size() + "}");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpServerRequest request, byte[] json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(json));
    }
}
