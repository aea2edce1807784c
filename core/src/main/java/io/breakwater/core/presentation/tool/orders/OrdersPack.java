package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.orders.Orders;
import io.breakwater.server.mcp.DryRunHandler;
import io.breakwater.server.mcp.Idempotency;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Tool;
import java.util.List;

/** The pack {@code orders}: the tool that creates and pays an order over three services. */
public final class OrdersPack implements Pack {
    private final Orders orders;

    /** Creates the pack. */
    public OrdersPack(Orders orders) {
        this.orders = orders;
    }

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public List<Tool> tools() {
        return List.of(createOrder());
    }

    private Tool createOrder() {
        return Tool.named("create_order")
                .title("Create and pay an order")
                .description("Creates an order for a user and pays its total, which is the exact sum of price times"
                        + " quantity. If the payment fails, the order is cancelled, and status says so. Send a new"
                        + " idempotency_key with each order. If status is unknown, or the call fails without a clear"
                        + " outcome, do not order again: repeat the call with the same key, or check the order first.")
                .input(CreateOrderArguments.class)
                .output(CreateOrderResult.class)
                .additive()
                .openWorld(true)
                .idempotency(Idempotency.RESUMABLE)
                .idempotencyKey(CreateOrderArguments.IDEMPOTENCY_KEY)
                .handler(DryRunHandler.of(
                        (arguments, call) -> CreateOrderResult.of(orders.create(arguments.request(), call.context())),
                        (arguments, call) -> orders.describe(arguments.request())));
    }
}
