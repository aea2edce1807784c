package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a caller orders.
 *
 * @param userId the id of the user: an integer or a text
 * @param items the items
 */
public record OrderRequest(Json userId, List<OrderItem> items) {
    /** The maximum number of items. */
    public static final int MAX_ITEMS = 100;

    /** Refuses an id that cannot be part of a path, orders without items, and orders for nothing. */
    public OrderRequest {
        var id = EntityId.of(userId);
        OrderItem.require(
                id != null,
                "user_id must be an integer, or a text of 1 to 200 characters without / \\ % ; ? # that is not only dots.");
        userId = EntityId.json(userId);
        items = List.copyOf(items);
        OrderItem.require(!items.isEmpty() && items.size() <= MAX_ITEMS, "An order must have 1 to 100 items.");
        OrderItem.require(sum(items).signum() > 0, "The total of the order is 0. At least one price must be above 0.");
    }

    /** Returns the exact sum of price × quantity. */
    public BigDecimal total() {
        return sum(items);
    }

    private static BigDecimal sum(List<OrderItem> items) {
        return items.stream().map(OrderItem::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Json.Arr itemsJson() {
        return new Json.Arr(items.stream().<Json>map(OrderItem::json).toList());
    }
}
