package peer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The API of the shop. */
@RegisterRestClient(configKey = "shop")
@Path("/")
public interface ShopApi {
    @JsonNaming(SnakeCaseStrategy.class)
    record Product(int id, String sku, String name, double price, double rating) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Products(int totalFound, List<Product> products) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record PastOrder(String orderId, int productId, int quantity, double price, long placedAt) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record History(List<PastOrder> orders) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Price(String orderId, double total, int itemsCount) {}

    @GET
    @Path("products/search")
    Uni<Products> search(
            @RestQuery String category,
            @RestQuery("min_price") double minPrice,
            @RestQuery("max_price") double maxPrice,
            @RestQuery int limit);

    @GET
    @Path("users/{user}/orders")
    Uni<History> history(@RestPath String user, @RestQuery int limit);

    @POST
    @Path("cart/price")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Price> price(String cart);
}
