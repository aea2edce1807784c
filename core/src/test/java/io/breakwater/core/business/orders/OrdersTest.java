package io.breakwater.core.business.orders;

import static io.breakwater.port.memory.ScriptedServices.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breakwater.core.business.orders.Order.Status;
import io.breakwater.core.business.orders.OrderStep.Name;
import io.breakwater.core.business.orders.OrderStep.Outcome;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.PortException.IdempotencyException;
import io.breakwater.port.PortException.RefusedException;
import io.breakwater.port.PortException.UnavailableException;
import io.breakwater.port.contract.SampleKeys;
import io.breakwater.port.driven.ServiceOutcome;
import io.breakwater.port.driven.ServiceRequest;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryOrderStore;
import io.breakwater.port.memory.ScriptedServices;
import io.breakwater.port.memory.ScriptedServices.Sent;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.OrderSettings.Endpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {
    private static final OrderRequest REQUEST = new OrderRequest(
            Json.of(5),
            List.of(new OrderItem("A-1", new BigDecimal("19.90"), 2), new OrderItem("B-2", new BigDecimal("0.05"), 3)));
    private static final ServiceOutcome USER = json(200, "{\"id\":5,\"name\":\"Ann\"}");
    private static final ServiceOutcome ORDER = json(201, "{\"id\":\"o-7\",\"total\":39.950,\"state\":\"new\"}");
    private static final ServiceOutcome PAYMENT = json(201, "{\"id\":\"p-1\",\"amount\":39.95,\"order_id\":\"o-7\"}");
    private static final ServiceOutcome DECLINED = json(402, "{\"error\":{\"message\":\"Card\\ndeclined\"}}");
    private static final ServiceOutcome SILENCE = new ServiceOutcome.Unconfirmed("No response within 10 s.", true);

    private final ManualClock clock = new ManualClock();
    private final SimulatedLink line = new SimulatedLink();
    private final MemoryOrderStore store = new MemoryOrderStore(line, clock);
    private final List<Order> unresolved = new ArrayList<>();
    private final List<Order> notRecorded = new ArrayList<>();
    private final IdempotencyKey key = SampleKeys.key("order", "{}");
    private final AtomicReference<Function<ServiceRequest, ServiceOutcome>> user = answering(USER);
    private final AtomicReference<Function<ServiceRequest, ServiceOutcome>> order = answering(ORDER);
    private final AtomicReference<Function<ServiceRequest, ServiceOutcome>> cancellation = answering(json(200, "{}"));
    private final AtomicReference<Function<ServiceRequest, ServiceOutcome>> payment = answering(PAYMENT);
    private final ScriptedServices services = new ScriptedServices()
            .on("user-service", request -> user.get().apply(request))
            .on(
                    "order-service",
                    request -> (request.target().equals("/orders") ? order : cancellation)
                            .get()
                            .apply(request))
            .on("payment-service", request -> payment.get().apply(request));
    private Orders orders = orders(OrderSettings.standard());

    private static AtomicReference<Function<ServiceRequest, ServiceOutcome>> answering(ServiceOutcome outcome) {
        return new AtomicReference<>(request -> outcome);
    }

    private Orders orders(OrderSettings settings) {
        var events = new OrderEvents() {
            @Override
            public void unresolved(Order order) {
                unresolved.add(order);
            }

            @Override
            public void notRecorded(Order order, PortException failure) {
                notRecorded.add(order);
            }
        };
        return new Orders(services, store, settings, events, clock);
    }

    private static OrderSettings withoutKeys() {
        var standard = OrderSettings.standard();
        return new OrderSettings(
                standard.user(),
                new Endpoint("order-service", "/orders", false),
                new Endpoint("payment-service", "/payments", false),
                standard.cancellation(),
                standard.abandonedAfter(),
                standard.retryFor());
    }

    private static void answer(
            AtomicReference<Function<ServiceRequest, ServiceOutcome>> service, ServiceOutcome outcome) {
        service.set(request -> outcome);
    }

    private Order create() {
        return orders.create(REQUEST, ManualCallContext.writing(key));
    }

    private List<String> lines() {
        return services.sent().stream().map(Sent::serviceLine).toList();
    }

    private static OrderStep step(Order order, Name name) {
        return order.steps().stream()
                .filter(step -> step.name() == name)
                .findFirst()
                .orElseThrow();
    }

    private static String message(OrderStep step) {
        return String.valueOf(step.message());
    }

    @Test
    void checksTheUserCreatesTheOrderAndPaysIt() {
        var result = create();

        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.order()).hasToString("{\"id\":\"o-7\",\"total\":39.950,\"state\":\"new\"}");
        assertThat(result.payment()).hasToString("{\"id\":\"p-1\",\"amount\":39.95,\"order_id\":\"o-7\"}");
        assertThat(lines())
                .containsExactly(
                        "user-service GET /users/5", "order-service POST /orders", "payment-service POST /payments");
        assertThat(services.sent().get(1).body())
                .isEqualTo("{\"user_id\":5,\"items\":[{\"sku\":\"A-1\",\"price\":19.90,\"quantity\":2},"
                        + "{\"sku\":\"B-2\",\"price\":0.05,\"quantity\":3}],\"total\":39.95}");
        assertThat(services.sent().get(2).body()).isEqualTo("{\"order_id\":\"o-7\",\"amount\":39.95,\"user_id\":5}");
    }

    @Test
    void theKeysOfTheRequestsComeFromTheKeyOfTheCall() {
        create();
        var sent = services.sent();

        assertThat(sent.get(0).request().idempotencyKey()).isNull();
        assertThat(sent.get(1).request().idempotencyKey()).matches("[0-9a-f]{64}");
        assertThat(sent.get(2).request().idempotencyKey())
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(sent.get(1).request().idempotencyKey());
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void aCallWithoutAKeyHasOneOfItsOwn() {
        orders.create(REQUEST, ManualCallContext.unhurried());
        orders.create(REQUEST, ManualCallContext.unhurried());

        assertThat(services.sent().stream()
                        .map(sent -> String.valueOf(sent.request().idempotencyKey())))
                .filteredOn(text -> !text.equals("null"))
                .hasSize(4)
                .doesNotHaveDuplicates();
    }

    @Test
    void aRepeatedCallReturnsTheFirstResultAndSendsNothing() {
        var first = create();
        var context = ManualCallContext.writing(key);

        var repeated = orders.create(REQUEST, context);

        assertThat(repeated).isEqualTo(first);
        assertThat(services.sent()).hasSize(3);
        assertThat(context.idempotentWrite())
                .isNotNull()
                .satisfies(write -> assertThat(write.isReplayed()).isTrue());
    }

    @Test
    void aKeyBelongsToItsArguments() {
        create();

        assertThatThrownBy(() ->
                        orders.create(REQUEST, ManualCallContext.writing(SampleKeys.key("order", "{\"other\":1}"))))
                .isInstanceOfSatisfying(
                        IdempotencyException.class,
                        failure ->
                                assertThat(failure.problem()).isEqualTo(IdempotencyException.Problem.OTHER_ARGUMENTS));
    }

    @Test
    void aCallIsInProgressWhileAnotherWithItsKeyRuns() {
        var inner = new AtomicReference<Throwable>();
        payment.set(request -> {
            inner.set(catchThrowableOfType(IdempotencyException.class, this::create));
            return PAYMENT;
        });

        assertThat(create().status()).isEqualTo(Status.COMPLETED);

        assertThat(((IdempotencyException) inner.get()).problem()).isEqualTo(IdempotencyException.Problem.IN_PROGRESS);
        assertThat(services.sent()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void anUnknownUserOrdersNothing(int status) {
        answer(user, json(status, "{}"));

        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.NOT_FOUND))
                .hasMessage("There is no user 5. Nothing was ordered.");
        assertThat(services.sent()).hasSize(1);
        assertThat(store.size()).isZero();
    }

    @Test
    void aUserWhoCannotBeCheckedOrdersNothing() {
        for (var outcome : List.of(
                SILENCE,
                json(500, "{}"),
                json(200, "{\"id\":6}"),
                json(200, "<html>"),
                new ServiceOutcome.NotDelivered("No instance is available.", Duration.ofSeconds(3)))) {
            answer(user, outcome);

            assertThatThrownBy(this::create)
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageStartingWith("Nothing was ordered");
            assertThat(store.size()).isZero();
        }
        answer(user, json(200, "{\"id\":\"5\"}"));
        assertThat(create().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aRefusedOrderIsNotPaidAndFreesTheKey() {
        answer(order, json(422, "{\"message\":\"A-1 is out of stock\"}"));

        assertThatThrownBy(this::create)
                .isInstanceOf(UnavailableException.class)
                .hasMessage("Nothing was ordered. order-service refused the request with HTTP 422:"
                        + " \"A-1 is out of stock\"");
        answer(order, ORDER);
        assertThat(create().status()).isEqualTo(Status.COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"o-7\",\"total\":39.94}",
                "{\"id\":\"o-7\",\"total\":\"39.95\"}",
                "{\"id\":\"o-7\",\"total\":1e999999999}",
                "{\"id\":\"o-7\"}"
            })
    void anOrderWithAnotherTotalIsCancelled(String response) {
        answer(order, json(201, response));

        var result = create();

        assertThat(result.status()).isEqualTo(Status.CANCELLED);
        assertThat(step(result, Name.CREATE_ORDER).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(message(step(result, Name.CREATE_ORDER))).contains("not 39.95");
        assertThat(lines()).last().isEqualTo("order-service POST /orders/o-7/cancel");
        assertThat(lines()).doesNotContain("payment-service POST /payments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"total\":39.95}", "{\"id\":\"..\",\"total\":39.95}", "[]", ""})
    void anOrderWithoutAnIdIsNeitherPaidNorCancelled(String response) {
        answer(order, json(201, response));

        var result = create();

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(services.sent()).hasSize(2);
        assertThat(unresolved).hasSize(1);
        assertThat(create()).isEqualTo(result);
    }

    @Test
    void theIdOfAnOrderStaysOneSegment() {
        answer(order, json(201, "{\"id\":\"a b@c\",\"total\":1}"));

        create();

        assertThat(lines()).last().isEqualTo("order-service POST /orders/a%20b%40c/cancel");
    }

    @Test
    void aDeclinedPaymentCancelsTheOrder() {
        answer(payment, DECLINED);

        var result = create();

        assertThat(result.status()).isEqualTo(Status.CANCELLED);
        assertThat(result.steps())
                .containsExactly(
                        new OrderStep(Name.CHECK_USER, Outcome.DONE, 200, null),
                        new OrderStep(Name.CREATE_ORDER, Outcome.DONE, 201, null),
                        new OrderStep(
                                Name.PAY,
                                Outcome.FAILED,
                                402,
                                "payment-service refused the request with HTTP 402: \"Card declined\""),
                        new OrderStep(Name.CANCEL_ORDER, Outcome.DONE, 200, null));
        assertThat(create()).isEqualTo(result);
        assertThat(services.sent()).hasSize(4);
    }

    @Test
    void aPaymentThatWasNotDeliveredCancelsTheOrder() {
        answer(payment, new ServiceOutcome.NotDelivered("All circuit breakers are open.", null));

        assertThat(create().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void aFailedCancellationIsToldAndRepeatedInTheBackground() {
        answer(payment, DECLINED);
        answer(cancellation, json(503, "{}"));

        var result = create();

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(message(step(result, Name.CANCEL_ORDER)))
                .isEqualTo("order-service responded with HTTP 503. The order is not paid. The server repeats the"
                        + " cancellation in the background.");
        assertThat(orders.recovery().run()).isZero();

        clock.pass(Duration.ofSeconds(5));
        assertThat(orders.recovery().run()).isEqualTo(1);
        clock.pass(Duration.ofSeconds(9));
        assertThat(orders.recovery().run()).isZero();
        answer(cancellation, json(200, "{}"));
        clock.pass(Duration.ofSeconds(1));
        assertThat(orders.recovery().run()).isEqualTo(1);

        assertThat(create().status()).isEqualTo(Status.CANCELLED);
        assertThat(lines())
                .filteredOn("order-service POST /orders/o-7/cancel"::equals)
                .hasSize(3);
    }

    @Test
    void aCancellationThatFailsForADayIsLeftToTheOperator() {
        answer(payment, DECLINED);
        answer(cancellation, json(500, "{}"));
        create();

        for (int i = 0; i < 150; i++) {
            clock.pass(Duration.ofMinutes(10));
            orders.recovery().run();
        }

        assertThat(store.unfinished()).isZero();
        assertThat(unresolved).hasSize(1);
        assertThat(message(step(unresolved.getFirst(), Name.CANCEL_ORDER))).endsWith("does not repeat it any more.");
    }

    @Test
    void anUnconfirmedPaymentIsRepeatedWithItsKeyAndNeverCancelled() {
        answer(payment, SILENCE);
        var first = create();
        assertThat(first.status()).isEqualTo(Status.UNKNOWN);

        answer(payment, new ServiceOutcome.NotDelivered("No instance is available.", null));
        assertThat(create().status()).isEqualTo(Status.UNKNOWN);
        answer(payment, json(403, "{}"));
        assertThat(create().status()).isEqualTo(Status.UNKNOWN);
        answer(payment, PAYMENT);
        var last = create();

        assertThat(last.status()).isEqualTo(Status.COMPLETED);
        assertThat(services.sent().stream()
                        .filter(sent -> sent.service().equals("payment-service"))
                        .map(sent -> String.valueOf(sent.request().idempotencyKey()))
                        .distinct())
                .containsExactly(first.paymentKey());
        assertThat(lines()).doesNotContain("order-service POST /orders/o-7/cancel");
    }

    @Test
    void anUnknownOutcomeIsNeverForgotten() {
        orders = orders(withoutKeys());
        answer(payment, SILENCE);
        var first = create();

        clock.pass(Duration.ofDays(1_000));

        assertThat(create()).isEqualTo(first);
        assertThat(services.sent()).hasSize(3);
    }

    @Test
    void aResultIsKeptForItsRetentionAfterTheEnd() {
        answer(payment, SILENCE);
        create();
        clock.pass(Duration.ofHours(23));
        answer(payment, PAYMENT);
        var completed = create();
        clock.pass(Duration.ofHours(23));

        assertThat(create()).isEqualTo(completed);
        assertThat(services.sent()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 409, 423, 425, 429, 499, 500, 503})
    void aPaymentWithAnAmbiguousStatusIsNotCancelled(int status) {
        answer(payment, json(status, "{}"));

        assertThat(create().status()).isEqualTo(Status.UNKNOWN);
        assertThat(services.sent()).hasSize(3);
    }

    @Test
    void theRecoveryFindsOutTheOutcomeOfAPayment() {
        answer(payment, SILENCE);
        create();
        answer(payment, DECLINED);
        clock.pass(Duration.ofSeconds(5));

        assertThat(orders.recovery().run()).isEqualTo(1);

        assertThat(create().status()).isEqualTo(Status.CANCELLED);
        assertThat(lines()).last().isEqualTo("order-service POST /orders/o-7/cancel");
    }

    @Test
    void anUnconfirmedPaymentIsNotRepeatedIfTheServiceIgnoresKeys() {
        orders = orders(withoutKeys());
        answer(payment, SILENCE);

        var first = create();

        assertThat(first.status()).isEqualTo(Status.UNKNOWN);
        assertThat(step(first, Name.PAY))
                .isEqualTo(new OrderStep(Name.PAY, Outcome.UNKNOWN, null, "No response within 10 s."));
        assertThat(create()).isEqualTo(first);
        assertThat(services.sent()).hasSize(3);
        assertThat(services.sent().getLast().request().idempotencyKey()).isNull();
        assertThat(unresolved).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"id\":1,\"amount\":40}", "{\"id\":1,\"amount\":39.95,\"order_id\":\"o-8\"}", "<html>", "null"
            })
    void aPaymentOfAnotherAmountOrOrderIsUnknown(String response) {
        answer(payment, json(200, response));

        var result = create();

        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(unresolved).hasSize(1);
        assertThat(create()).isEqualTo(result);
        assertThat(services.sent()).hasSize(3);
    }

    @Test
    void anUnconfirmedOrderIsContinuedByTheRepeatedCall() {
        answer(order, SILENCE);
        var first = create();
        assertThat(first.status()).isEqualTo(Status.UNKNOWN);
        assertThat(services.sent()).hasSize(2);
        answer(order, ORDER);

        assertThat(create().status()).isEqualTo(Status.COMPLETED);

        assertThat(services.sent().get(2).request().idempotencyKey()).isEqualTo(first.orderKey());
    }

    @Test
    void anAbandonedOrderIsCancelledAfterItsTime() {
        answer(order, SILENCE);
        create();
        answer(order, ORDER);
        clock.pass(Duration.ofMinutes(9));
        assertThat(orders.recovery().run()).isZero();
        clock.pass(Duration.ofMinutes(1));

        assertThat(orders.recovery().run()).isEqualTo(1);

        assertThat(create().status()).isEqualTo(Status.CANCELLED);
        assertThat(lines()).doesNotContain("payment-service POST /payments");
    }

    @Test
    void anOrderWhoseCallEndsBeforeThePaymentIsCancelled() {
        var context = ManualCallContext.writing(key);
        order.set(request -> {
            context.cancel();
            return ORDER;
        });

        var result = orders.create(REQUEST, context);

        assertThat(result.status()).isEqualTo(Status.CANCELLED);
        assertThat(message(step(result, Name.PAY))).isEqualTo("The call ended before the payment was sent.");
        assertThat(lines()).last().isEqualTo("order-service POST /orders/o-7/cancel");
    }

    @Test
    void anInterruptedCallCompletesItsCancellation() {
        payment.set(request -> {
            Thread.currentThread().interrupt();
            return DECLINED;
        });
        cancellation.set(request -> Thread.currentThread().isInterrupted() ? SILENCE : json(200, "{}"));

        assertThat(create().status()).isEqualTo(Status.CANCELLED);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @CoversOutage("orders: store lost between the order and the payment")
    void anOrderIsNotPaidIfItsStateCannotBeStored() {
        order.set(request -> {
            line.cut();
            return ORDER;
        });

        assertThatThrownBy(this::create)
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith(
                        "The order was created, but its state could not be stored, so nothing was paid");

        line.mend();
        answer(order, ORDER);
        clock.pass(Duration.ofMinutes(7));
        assertThat(create().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aPaidOrderIsCompletedEvenIfTheStoreIsLost() {
        payment.set(request -> {
            line.cut();
            return PAYMENT;
        });

        assertThat(create().status()).isEqualTo(Status.COMPLETED);

        assertThat(notRecorded).hasSize(1);
        line.mend();
        clock.pass(Duration.ofMinutes(7));
        assertThat(create().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void anOrderIsNotCancelledUnlessThatIsStored() {
        payment.set(request -> {
            line.cut();
            return DECLINED;
        });

        assertThatThrownBy(this::create).isInstanceOf(UnavailableException.class);

        assertThat(lines()).last().isEqualTo("payment-service POST /payments");
    }

    @Test
    void aServiceThatIsNotConfiguredIsAnErrorOfTheServer() {
        var settings = OrderSettings.standard();
        orders = orders(new OrderSettings(
                new Endpoint("users", "/users/{id}", true),
                settings.order(),
                settings.payment(),
                settings.cancellation(),
                settings.abandonedAfter(),
                settings.retryFor()));

        assertThatThrownBy(this::create)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("There is no service \"users\".");
    }

    @Test
    void aLargeResponseIsReducedToItsIdAndTotal() {
        var large = "x".repeat(20_000);
        answer(order, json(201, "{\"note\":\"" + large + "\",\"id\":\"o-7\",\"total\":39.95}"));
        answer(payment, json(201, "{\"note\":\"" + large + "\",\"id\":\"p-1\"}"));

        var result = create();

        assertThat(result.order()).hasToString("{\"id\":\"o-7\",\"total\":39.95}");
        assertThat(result.payment()).hasToString("{\"id\":\"p-1\"}");
    }
}
