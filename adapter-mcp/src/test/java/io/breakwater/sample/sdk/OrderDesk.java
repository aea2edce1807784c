package io.breakwater.sample.sdk;

import io.breakwater.sample.sdk.Orders.Order;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Root;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tools of the order desk whose handlers wait. */
public final class OrderDesk {
    private static final String BY_NUMBER = """
            {
              "type": "object",
              "properties": {
                "number": { "type": "string", "pattern": "^A-[0-9]{6}$", "description": "As printed on the invoice" }
              },
              "required": ["number"],
              "additionalProperties": false
            }
            """;

    private static final String ORDER = """
            {
              "type": "object",
              "properties": {
                "number": { "type": "string" },
                "customer": { "type": "string" },
                "total": { "type": "number", "minimum": 0 },
                "items": { "type": "integer", "minimum": 1 },
                "state": { "enum": ["paid", "shipped", "cancelled"] }
              },
              "required": ["number", "customer", "total", "items", "state"]
            }
            """;

    private static final Map<String, Object> CONFIRMATION = Map.of(
            "type", "object",
            "properties", Map.of("sure", Map.of("type", "boolean", "title", "Cancel the order?")),
            "required", List.of("sure"));

    private final Orders orders;

    /** A desk that works on these orders. */
    public OrderDesk(Orders orders) {
        this.orders = orders;
    }

    /** What the desk offers. */
    public List<SyncToolSpecification> tools() {
        return List.of(findOrder(), packOrder(), cancelOrder(), orderFolder(), auditOrder());
    }

    /** Structured output; the text is left to the server. */
    private SyncToolSpecification findOrder() {
        var tool = Tool.builder("find_order", McpJsonDefaults.getMapper(), BY_NUMBER)
                .title("Find order")
                .description("Finds one order by its number.")
                .outputSchema(McpJsonDefaults.getMapper(), ORDER)
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(true)
                        .openWorldHint(false)
                        .build())
                .meta(Map.of("shop.example/desk", "orders"))
                .build();
        return specification(tool, this::find);
    }

    private CallToolResult find(McpSyncServerExchange exchange, CallToolRequest request) {
        return orders.find(number(request))
                .map(order -> CallToolResult.builder().structuredContent(order).build())
                .orElseGet(() -> failed("No order has the number " + number(request)));
    }

    /** Progress and log lines. */
    private SyncToolSpecification packOrder() {
        var tool = Tool.builder("pack_order", McpJsonDefaults.getMapper(), BY_NUMBER)
                .description("Packs all items of an order and hands it to the carrier.")
                .annotations(ToolAnnotations.builder().idempotentHint(true).build())
                .build();
        return specification(tool, this::pack);
    }

    private CallToolResult pack(McpSyncServerExchange exchange, CallToolRequest request) {
        var order = known(request);
        log(exchange, LoggingLevel.INFO, "Packing " + order.number() + " for " + order.customer());
        IntStream.rangeClosed(1, order.items()).forEach(item -> tell(exchange, request, item, order.items()));
        orders.move(order.number(), "shipped");
        log(exchange, LoggingLevel.DEBUG, "Handed over");
        return textResult("Packed " + order.items() + " items of " + order.number());
    }

    /** Asks the human before it does anything. */
    private SyncToolSpecification cancelOrder() {
        var tool = Tool.builder("cancel_order", McpJsonDefaults.getMapper(), BY_NUMBER)
                .description("Cancels an order after the customer confirmed it.")
                .annotations(ToolAnnotations.builder().destructiveHint(true).build())
                .build();
        return specification(tool, this::cancel);
    }

    private CallToolResult cancel(McpSyncServerExchange exchange, CallToolRequest request) {
        var order = known(request);
        if (exchange.getClientCapabilities().elicitation() == null) {
            return failed(exchange.getClientInfo().name() + " cannot ask for the confirmation this needs");
        }
        var question = "Cancel " + order.number() + " over " + order.total() + "?";
        var answer = exchange.createElicitation(
                ElicitFormRequest.builder(question, CONFIRMATION).build());
        var sure = answer.action() == ElicitResult.Action.ACCEPT
                && Boolean.TRUE.equals(answer.content().get("sure"));
        return sure
                ? textResult("Order " + orders.move(order.number(), "cancelled").number() + " is cancelled")
                : textResult("Nothing was changed");
    }

    /** Asks the client for its roots. */
    private SyncToolSpecification orderFolder() {
        var tool = Tool.builder("order_folder", Map.of("type", "object"))
                .description("Says into which of the client's folders invoices can be saved.")
                .build();
        return specification(tool, (exchange, request) -> {
            var roots = exchange.listRoots().roots();
            return textResult(roots.stream().map(Root::uri).collect(Collectors.joining("\n")));
        });
    }

    /** Everything that can go wrong. */
    private SyncToolSpecification auditOrder() {
        var tool = Tool.builder("audit_order", McpJsonDefaults.getMapper(), BY_NUMBER)
                .description("Checks the books of one order.")
                .build();
        return specification(tool, (exchange, request) -> switch (known(request).state()) {
            case "paid" -> textResult("The books are right");
            case "shipped" ->
                throw McpError.builder(-31001)
                        .message("The books of this order are closed")
                        .data(Map.of("since", 2026))
                        .build();
            default -> throw new IllegalStateException("The ledger has no page for " + number(request));
        });
    }

    private Order known(CallToolRequest request) {
        return orders.find(number(request))
                .orElseThrow(() -> McpError.builder(ErrorCodes.INVALID_PARAMS)
                        .message("No order has the number " + number(request))
                        .build());
    }

    private static String number(CallToolRequest request) {
        return String.valueOf(request.arguments().get("number"));
    }

    private static void tell(McpSyncServerExchange exchange, CallToolRequest request, int item, int items) {
        if (request.progressToken() != null) {
            exchange.progressNotification(ProgressNotification.builder(request.progressToken(), item)
                    .total((double) items)
                    .message("Item " + item + " of " + items)
                    .build());
        }
    }

    private static void log(McpSyncServerExchange exchange, LoggingLevel level, String line) {
        exchange.loggingNotification(LoggingMessageNotification.builder(level, line)
                .logger("order-desk")
                .build());
    }

    private static CallToolResult textResult(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static CallToolResult failed(String text) {
        return CallToolResult.builder().addTextContent(text).isError(true).build();
    }

    private static SyncToolSpecification specification(
            Tool tool, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
        return SyncToolSpecification.builder().tool(tool).callHandler(handler).build();
    }
}
