package io.breakwater.core.business.orders;

import io.breakwater.port.Json;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.RefusedException.Reason;
import java.math.BigDecimal;

/**
 * An item of an order.
 *
 * @param sku the article number
 * @param price the price of one, with at most four decimal places
 * @param quantity how many
 */
public record OrderItem(String sku, BigDecimal price, long quantity) {
    /** The maximum number of characters of a article number. */
    public static final int MAX_SKU_LENGTH = 100;

    /** The maximum price, as text. */
    public static final String MAX_PRICE = "1000000000";

    /** The maximum number of decimal places of a price. */
    public static final int MAX_DECIMAL_PLACES = 4;

    /** The maximum quantity. */
    public static final int MAX_QUANTITY = 1_000_000;

    private static final BigDecimal HIGHEST = new BigDecimal(MAX_PRICE);

    /** Refuses values outside the limits, before anything is calculated with them: 1e999999999 is a short text. */
    public OrderItem {
        require(!sku.isBlank() && sku.length() <= MAX_SKU_LENGTH, "A sku must have 1 to 100 characters.");
        require(quantity >= 1 && quantity <= MAX_QUANTITY, "A quantity must be between 1 and 1000000.");
        require(price.signum() >= 0 && price.compareTo(HIGHEST) <= 0, "A price must be between 0 and 1000000000.");
        price = price.scale() > MAX_DECIMAL_PLACES || price.scale() < 0 ? price.stripTrailingZeros() : price;
        require(price.scale() <= MAX_DECIMAL_PLACES, "A price must have at most 4 decimal places.");
        price = price.setScale(Math.max(0, price.scale()));
    }

    static void require(boolean valid, String message) {
        if (!valid) {
            throw new RefusedException(Reason.INVALID, message, null);
        }
    }

    BigDecimal amount() {
        return price.multiply(BigDecimal.valueOf(quantity));
    }

    Json.Obj json() {
        return Json.object()
                .put("sku", sku)
                .put("price", Json.of(price))
                .put("quantity", quantity)
                .build();
    }
}
