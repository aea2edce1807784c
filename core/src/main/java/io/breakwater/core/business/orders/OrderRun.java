package io.breakwater.core.business.orders;

import io.breakwater.core.business.orders.Order.Status;
import io.breakwater.core.business.orders.OrderStep.Name;
import io.breakwater.core.business.orders.OrderStep.Outcome;
import io.breakwater.core.business.orders.StepReply.Accepted;
import io.breakwater.core.business.orders.StepReply.Refused;
import io.breakwater.port.CallContext;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.driven.OrderStore.Claim;
import io.breakwater.port.driven.OrderStore.Stage;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of an order, from its stored stage on. Three rules keep an order from being paid twice, and a cancelled order
 * from being paid:
 *
 * <ol>
 *   <li>A stage is stored before its request is sent. If it is not certain that it is stored, the request is not sent.
 *   <li>A request that may have been sent before is sent again only with its key, and only if the service recognizes it.
 *   <li>An order is cancelled only if it certainly is not paid, and is never paid after that is stored.
 * </ol>
 *
 * A run of a call goes forward. A run of the recovery ends what a call has left: it cancels an order whose payment was
 * never sent. It is for one thread.
 */
final class OrderRun {
    private final OrderRuntime runtime;
    private final OrderRecord stored;
    private final Stage stage;
    private final CallContext context;
    private final boolean recovery;
    private Order order;

    private OrderRun(OrderRuntime runtime, Claim claim, CallContext context, boolean recovery) {
        this.runtime = runtime;
        this.stored = new OrderRecord(runtime, claim, context);
        this.stage = claim.progress().stage();
        this.order = Order.read(claim.progress().details());
        this.context = context;
        this.recovery = recovery;
    }

    /** Returns the run of a call. */
    static OrderRun ofCall(OrderRuntime runtime, Claim claim, CallContext context) {
        return new OrderRun(runtime, claim, context, false);
    }

    /** Returns the run of the recovery. */
    static OrderRun ofRecovery(OrderRuntime runtime, Claim claim, CallContext context) {
        return new OrderRun(runtime, claim, context, true);
    }

    /**
     * Continues the order as far as possible.
     *
     * @throws PortException if nothing was ordered, or the progress of the order cannot be stored
     */
    Order run() {
        return switch (stage) {
            case BEGUN -> recovery ? forget() : checkUser();
            case ORDER_SENT -> sendOrder(false);
            case PAYMENT_SENT -> sendPayment(false);
            case CANCELLING -> sendCancellation();
            case ENDED -> order;
        };
    }

    private Order forget() {
        stored.forget(order);
        return order;
    }

    private Order checkUser() {
        var reply = runtime.services().findUser(order, context);
        if (!(reply instanceof Accepted accepted)) {
            throw withoutOrder(userFailure(reply));
        }
        var body = accepted.body();
        if (body == null || (body.has("id") && !isSame(order.userId(), body.get("id")))) {
            throw withoutOrder(
                    unavailable("Nothing was ordered: " + accepted.service() + " did not return this user.", reply));
        }
        order = order.with(OrderStep.done(Name.CHECK_USER, accepted));
        enterOrder();
        return sendOrder(true);
    }

    private PortException userFailure(StepReply reply) {
        if (reply instanceof Refused refused && (refused.status() == 404 || refused.status() == 410)) {
            var user = "There is no user " + EntityId.of(order.userId()) + ". Nothing was ordered.";
            return new RefusedException(RefusedException.Reason.NOT_FOUND, user, null);
        }
        return unavailable("Nothing was ordered, because the user could not be checked. " + reply.message(), reply);
    }

    /** The id is the same as text, because some services return numbers as texts. */
    private static boolean isSame(Json expected, @Nullable Json returned) {
        return Objects.equals(EntityId.of(expected), EntityId.of(returned));
    }

    private static UnavailableException unavailable(String message, StepReply reply) {
        return new UnavailableException(
                message, reply instanceof StepReply.NotSent(var sentence, var retryAfter) ? retryAfter : null, null);
    }

    /** Forgets the order, so that its key is free, and returns the exception. */
    private PortException withoutOrder(PortException failure) {
        stored.forget(order);
        return failure;
    }

    private void enterOrder() {
        try {
            stored.enter(Stage.ORDER_SENT, order);
        } catch (PortException.DeadlineExceededException late) {
            throw withoutOrder(late);
        }
    }

    private Order sendOrder(boolean first) {
        var endpoint = runtime.settings().order();
        if (!first && !endpoint.idempotent()) {
            return unresolved(OrderStep.of(Name.CREATE_ORDER, Outcome.UNKNOWN, notRepeated(endpoint.service())));
        }
        var reply = runtime.services().createOrder(order, context);
        if (reply instanceof Accepted accepted) {
            return receiveOrder(accepted);
        }
        if (reply.hadNoEffect(first)) {
            if (recovery) {
                return forget();
            }
            throw withoutOrder(unavailable("Nothing was ordered. " + reply.message(), reply));
        }
        if (!endpoint.idempotent()) {
            return unresolved(OrderStep.of(Name.CREATE_ORDER, Outcome.UNKNOWN, reply, ""));
        }
        return leaveOrder(reply);
    }

    private Order leaveOrder(StepReply reply) {
        order = order.with(OrderStep.of(
                Name.CREATE_ORDER,
                Outcome.UNKNOWN,
                reply,
                " Nothing was paid. A repeated call with the same idempotency key continues; without one, the server cancels"
                        + " the order if it was created."));
        if (recovery && stored.isOverdue()) {
            return giveUp();
        }
        return stored.leave(
                Stage.ORDER_SENT,
                order,
                recovery ? stored.pause() : runtime.settings().abandonedAfter());
    }

    private static String notRepeated(String service) {
        return "The outcome of an earlier request is not known. " + service
                + " does not recognize repeated requests, so the request was not sent again.";
    }

    private Order receiveOrder(Accepted reply) {
        var body = reply.body();
        var id = body == null ? null : body.get("id");
        if (body == null || id == null || EntityId.of(id) == null) {
            return unresolved(OrderStep.of(
                    Name.CREATE_ORDER,
                    Outcome.UNKNOWN,
                    reply,
                    " The response has no valid id, so the order was neither paid nor cancelled."));
        }
        order = order.withOrder(EntityId.json(id), body);
        if (!isTotal(body.get("total"))) {
            order = order.with(OrderStep.of(
                    Name.CREATE_ORDER,
                    Outcome.FAILED,
                    reply,
                    " The total in the response is not " + order.total().toPlainString() + ", so nothing was paid."));
            return cancel();
        }
        order = order.with(OrderStep.done(Name.CREATE_ORDER, reply));
        return recovery || context.cancelled() ? cancelUnpaid() : enterPayment();
    }

    private boolean isTotal(@Nullable Json returned) {
        return returned instanceof Json.Decimal(var total) && total.compareTo(order.total()) == 0;
    }

    private Order cancelUnpaid() {
        order = order.with(OrderStep.of(Name.PAY, Outcome.FAILED, "The call ended before the payment was sent."));
        return cancel();
    }

    private Order enterPayment() {
        try {
            stored.enter(Stage.PAYMENT_SENT, order);
        } catch (PortException.DeadlineExceededException late) {
            return cancelUnpaid();
        } catch (UnavailableException down) {
            throw unpaid(down, down.retryAfter());
        }
        return sendPayment(true);
    }

    private static UnavailableException unpaid(PortException cause, @Nullable Duration retryAfter) {
        return new UnavailableException(
                "The order was created, but its state could not be stored, so nothing was paid: " + cause.getMessage()
                        + " A repeated call with the same idempotency key continues.",
                retryAfter,
                cause);
    }

    private Order sendPayment(boolean first) {
        var endpoint = runtime.settings().payment();
        if (!first && !endpoint.idempotent()) {
            return unresolved(OrderStep.of(Name.PAY, Outcome.UNKNOWN, notRepeated(endpoint.service())));
        }
        var reply = runtime.services().pay(order, orderId(), context);
        if (reply instanceof Accepted accepted) {
            return receivePayment(accepted);
        }
        if (reply.hadNoEffect(first)) {
            order = order.with(OrderStep.of(Name.PAY, Outcome.FAILED, reply, ""));
            return cancel();
        }
        if (!endpoint.idempotent()) {
            return unresolved(OrderStep.of(Name.PAY, Outcome.UNKNOWN, reply, ""));
        }
        order = order.with(OrderStep.of(
                Name.PAY,
                Outcome.UNKNOWN,
                reply,
                later(" The server repeats the same payment until it knows the outcome.")));
        return leave(Stage.PAYMENT_SENT);
    }

    private Json orderId() {
        return Objects.requireNonNull(order.orderId(), "an order without an id is neither paid nor cancelled");
    }

    private Order receivePayment(Accepted reply) {
        var body = reply.body();
        if (body == null
                || (body.has("amount") && !isTotal(body.get("amount")))
                || (body.has("order_id") && !isSame(orderId(), body.get("order_id")))) {
            return unresolved(OrderStep.of(
                    Name.PAY,
                    Outcome.UNKNOWN,
                    reply,
                    " The response is not the payment of " + order.total().toPlainString() + " for this order."));
        }
        order = order.withPayment(body).with(OrderStep.done(Name.PAY, reply)).with(Status.COMPLETED);
        return stored.end(order);
    }

    /** Cancels the order, which certainly is not paid. Until that is stored, a later run may pay it, so it is first. */
    private Order cancel() {
        stored.enterCancellation(order);
        return sendCancellation();
    }

    private Order sendCancellation() {
        var reply = stored.completed(completion -> runtime.services().cancel(order, orderId(), completion));
        if (reply instanceof Accepted accepted) {
            order = order.with(OrderStep.done(Name.CANCEL_ORDER, accepted)).with(Status.CANCELLED);
            return stored.end(order);
        }
        order = order.with(OrderStep.of(
                Name.CANCEL_ORDER,
                Outcome.FAILED,
                reply,
                " The order is not paid." + later(" The server repeats the cancellation in the background.")));
        return leave(Stage.CANCELLING);
    }

    private String later(String sentence) {
        return stored.isOverdue() ? " The server does not repeat it any more." : sentence;
    }

    private Order leave(Stage next) {
        return stored.isOverdue() ? giveUp() : stored.leave(next, order, stored.pause());
    }

    private Order unresolved(OrderStep step) {
        order = order.with(step);
        return giveUp();
    }

    /** Ends the order with an unknown outcome. */
    private Order giveUp() {
        runtime.events().unresolved(order);
        return stored.endUnresolved(order);
    }
}
