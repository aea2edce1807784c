package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.idempotency.IdempotencyKeys;
import io.breakwater.core.business.orders.OrderItem;
import io.breakwater.core.business.orders.OrderRequest;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Length;
import io.breakwater.server.schema.Max;
import io.breakwater.server.schema.Min;
import io.breakwater.server.schema.Name;
import io.breakwater.server.schema.Size;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of {@code create_order}. */
record CreateOrderArguments(
        @Description("The id of the user who orders, as the user service knows it.")
        @JsonSchema("{\"type\":[\"integer\",\"string\"],\"minLength\":1,\"maxLength\":200}")
        @Name("user_id")
        Json userId,

        @Description("The items of the order.") @Size(min = 1, max = OrderRequest.MAX_ITEMS)
        List<Item> items,

        @Description("A text that you choose for this order, for example a UUID. Repeat the call with the same text and"
                + " the same arguments if you do not know how it ended: it continues the order, and pays at most once.")
        @Name(IDEMPOTENCY_KEY)
        @Length(min = 1, max = IdempotencyKeys.MAX_LENGTH)
        @Nullable
        String idempotencyKey) {

    static final String IDEMPOTENCY_KEY = "idempotency_key";

    OrderRequest request() {
        return new OrderRequest(userId, items.stream().map(Item::item).toList());
    }

    /** An item. */
    record Item(
            @Description("The article number (SKU) of the product.") @Length(min = 1, max = OrderItem.MAX_SKU_LENGTH)
            String sku,

            @Description("The price of one, as a decimal number with at most 4 decimal places.")
            @Min(0)
            @Max(decimal = OrderItem.MAX_PRICE)
            BigDecimal price,

            @Description("How many are ordered.") @Min(1) @Max(OrderItem.MAX_QUANTITY)
            long quantity) {

        private OrderItem item() {
            return new OrderItem(sku, price, quantity);
        }
    }
}
