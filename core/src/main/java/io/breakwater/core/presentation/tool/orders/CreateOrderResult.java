package io.breakwater.core.presentation.tool.orders;

import io.breakwater.core.business.orders.Order;
import io.breakwater.core.business.orders.OrderStep;
import io.breakwater.port.Json;
import io.breakwater.server.schema.Description;
import io.breakwater.server.schema.JsonSchema;
import io.breakwater.server.schema.Name;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code create_order}. */
record CreateOrderResult(
        @Description(
                "completed: the order is paid. cancelled: the order is cancelled and not paid. unknown: the outcome"
                        + " is not known; steps says which request has no outcome and what happens next.")
        Status status,

        @Description("The exact total: the sum of price times quantity.")
        BigDecimal total,

        @Description("The order, as the order service returned it when it was created; absent if it did not.")
        @JsonSchema("{\"type\":\"object\"}")
        @Nullable
        Json order,

        @Description("The payment, as the payment service returned it; absent if it did not.")
        @JsonSchema("{\"type\":\"object\"}")
        @Nullable
        Json payment,

        @Description("What became of each request to a service, in order; absent if the order is completed.") @Nullable
        List<Step> steps) {

    /** The status of an order. */
    enum Status {
        @Name("completed")
        COMPLETED,
        @Name("cancelled")
        CANCELLED,
        @Name("unknown")
        UNKNOWN
    }

    /** A request to a service. */
    record Step(
            @Description("The request.") StepName name,

            @Description("done: it succeeded. failed: it certainly did not have its effect. unknown: it may have had"
                    + " its effect.")
            StepOutcome outcome,

            @Description("The HTTP status of the response; absent if there was none.") @Name("http_status") @Nullable
            Integer httpStatus,

            @Description("What happened, if the request did not succeed.") @Nullable
            String message) {

        private static Step of(OrderStep step) {
            return new Step(
                    switch (step.name()) {
                        case CHECK_USER -> StepName.CHECK_USER;
                        case CREATE_ORDER -> StepName.CREATE_ORDER;
                        case PAY -> StepName.PAY;
                        case CANCEL_ORDER -> StepName.CANCEL_ORDER;
                    },
                    switch (step.outcome()) {
                        case DONE -> StepOutcome.DONE;
                        case FAILED -> StepOutcome.FAILED;
                        case UNKNOWN -> StepOutcome.UNKNOWN;
                    },
                    step.httpStatus(),
                    step.message());
        }
    }

    /** The requests. */
    enum StepName {
        @Name("check_user")
        CHECK_USER,
        @Name("create_order")
        CREATE_ORDER,
        @Name("pay")
        PAY,
        @Name("cancel_order")
        CANCEL_ORDER
    }

    /** What became of a request. */
    enum StepOutcome {
        @Name("done")
        DONE,
        @Name("failed")
        FAILED,
        @Name("unknown")
        UNKNOWN
    }

    static CreateOrderResult of(Order order) {
        var status = switch (order.status()) {
            case COMPLETED -> Status.COMPLETED;
            case CANCELLED -> Status.CANCELLED;
            case UNKNOWN -> Status.UNKNOWN;
        };
        var steps = status == Status.COMPLETED
                ? null
                : order.steps().stream().map(Step::of).toList();
        return new CreateOrderResult(status, order.total(), order.order(), order.payment(), steps);
    }
}
