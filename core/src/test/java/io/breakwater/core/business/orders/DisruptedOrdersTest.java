package io.breakwater.core.business.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.orders.Disruptions.Kind;
import io.breakwater.core.business.orders.Disruptions.ProcessKilledError;
import io.breakwater.core.business.orders.Order.Status;
import io.breakwater.core.business.orders.SimulatedShop.Fault;
import io.breakwater.core.business.orders.SimulatedShop.Policy;
import io.breakwater.port.IdempotencyKey;
import io.breakwater.port.Json;
import io.breakwater.port.PortException;
import io.breakwater.port.contract.SampleKeys;
import io.breakwater.port.memory.ManualCallContext;
import io.breakwater.port.memory.MemoryOrderStore;
import io.breakwater.port.memory.SimulatedLink;
import io.breakwater.sample.outage.CoversOutage;
import io.breakwater.server.settings.OrderSettings;
import io.breakwater.server.settings.OrderSettings.Endpoint;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Orders whose server is killed, whose call ends, or whose store is lost at every boundary of every step, and which are then
 * repeated, or left to the recovery. Whatever happens: no order is paid twice, no cancelled order is paid, and in the end
 * every order has ended.
 */
class DisruptedOrdersTest {
    private static final Policy HONEST = new Policy(true, true, false, false);
    private static final Policy DECLINING = new Policy(true, true, true, false);
    private static final Policy LYING = new Policy(true, true, false, true);
    private static final Policy KEYLESS_PAYMENT = new Policy(true, false, false, false);
    private static final Policy KEYLESS_ORDER = new Policy(false, true, false, false);
    private static final Policy KEYLESS_DECLINING = new Policy(false, false, true, false);
    private static final List<Policy> POLICIES =
            List.of(HONEST, DECLINING, LYING, KEYLESS_PAYMENT, KEYLESS_ORDER, KEYLESS_DECLINING);
    private static final OrderRequest REQUEST =
            new OrderRequest(Json.of(5), List.of(new OrderItem("A-1", new BigDecimal("19.90"), 2)));
    private static final Duration AFTER_THE_LEASE = Duration.ofMinutes(7);
    private static final int SEEDS = 3_000;

    /** One order, and the processes that work on it one after the other. */
    private static final class Story {
        private final ManualClock clock = new ManualClock();
        private final MemoryOrderStore store = new MemoryOrderStore(new SimulatedLink(), clock);
        private final IdempotencyKey key = SampleKeys.key("order", "{}");
        private final Policy policy;
        private final SimulatedShop shop;
        private Supplier<Fault> faults = () -> Fault.NONE;
        private int boundaries;

        Story(Policy policy) {
            this.policy = policy;
            this.shop = new SimulatedShop(policy, () -> faults.get(), new Disruptions(ManualCallContext.unhurried()));
        }

        private Orders process(Disruptions disruptions) {
            shop.startProcess(disruptions);
            var standard = OrderSettings.standard();
            var order = standard.order();
            var payment = standard.payment();
            var settings = new OrderSettings(
                    standard.user(),
                    new Endpoint(order.service(), order.path(), policy.orderKeys()),
                    new Endpoint(payment.service(), payment.path(), policy.paymentKeys()),
                    standard.cancellation(),
                    standard.abandonedAfter(),
                    standard.retryFor());
            return new Orders(shop, new DisruptedOrderStore(store, disruptions), settings, new SilentEvents(), clock);
        }

        /** Calls the tool in a new process; empty if it was killed or the call failed. */
        Optional<Order> call(ManualCallContext context, Disruptions disruptions) {
            try {
                return Optional.of(process(disruptions).create(REQUEST, context));
            } catch (ProcessKilledError | PortException failure) {
                return Optional.empty();
            } finally {
                boundaries = disruptions.passed();
            }
        }

        Optional<Order> call(@Nullable Kind kind, int boundary) {
            var context = ManualCallContext.writing(key);
            var disruptions = new Disruptions(context);
            return call(context, kind == null ? disruptions : disruptions.plan(boundary, kind));
        }

        void recover(Disruptions disruptions) {
            try {
                process(disruptions).recovery().run();
            } catch (ProcessKilledError | PortException failure) {
                boundaries = disruptions.passed();
            }
        }

        /** Another process continues the order when the lease has ended. */
        void continueElsewhere(boolean byCall) {
            clock.pass(byCall ? AFTER_THE_LEASE : Duration.ofMinutes(30));
            if (byCall) {
                call(null, 0);
            } else {
                recover(new Disruptions(ManualCallContext.unhurried()));
            }
        }

        /** Nothing disturbs any more, and enough time passes for everything that is repeated. */
        void calmDown() {
            faults = () -> Fault.NONE;
            shop.deliverLateRequests();
            for (int i = 0; i < 6; i++) {
                clock.pass(Duration.ofMinutes(20));
                recover(new Disruptions(ManualCallContext.unhurried()));
            }
            assertThat(store.unfinished()).as("unfinished").isZero();
        }

        /** Checks the services, and that the result of the call fits them. */
        void check(@Nullable Order result, String description) {
            assertThat(shop.violations()).as(description).isEmpty();
            assertThat(shop.orders()).as(description).isLessThanOrEqualTo(1);
            if (policy.lies() || policy.declines()) {
                assertThat(shop.paid()).as(description).isZero();
            }
            if (result != null) {
                switch (result.status()) {
                    case COMPLETED -> {
                        assertThat(shop.paid()).as(description).isEqualTo(1);
                        assertThat(shop.cancelled()).as(description).isZero();
                    }
                    case CANCELLED -> {
                        assertThat(shop.paid()).as(description).isZero();
                        assertThat(shop.cancelled()).as(description).isEqualTo(1);
                    }
                    case UNKNOWN ->
                        assertThat(policy.orderKeys() && policy.paymentKeys())
                                .as(description)
                                .isFalse();
                }
            }
        }

        /** Checks what a call has returned; its services may be asked again later. */
        void checkPresent(Order result, String description) {
            if (result.status() != Status.UNKNOWN) {
                check(result, description);
            }
        }

        Order repeat() {
            return call(null, 0).orElseThrow();
        }
    }

    private static final class SilentEvents implements OrderEvents {
        @Override
        public void ended(Order order) {}

        @Override
        public void left(Order order) {}

        @Override
        public void unresolved(Order order) {
            // A test looks at the result.
        }

        @Override
        public void notRecorded(Order order, PortException failure) {
            // The next run finds it out.
        }
    }

    private static Stream<Policy> policies() {
        return POLICIES.stream();
    }

    @ParameterizedTest
    @MethodSource("policies")
    @CoversOutage("orders: process killed during the effect")
    void aRepeatedCallAfterADisruptionAtAnyBoundaryEndsTheOrderOnce(Policy policy) {
        for (var kind : Kind.values()) {
            int boundary = 0;
            for (boolean reached = true; reached; boundary++) {
                var description = kind + " at boundary " + boundary;
                var story = new Story(policy);
                story.call(kind, boundary).ifPresent(order -> story.checkPresent(order, description));
                reached = story.boundaries > boundary;

                story.clock.pass(AFTER_THE_LEASE);
                var repeated = story.repeat();
                story.calmDown();

                story.check(story.repeat(), description);
                if (kind != Kind.DEADLINE && policy.equals(HONEST)) {
                    assertThat(repeated.status()).as(description).isEqualTo(Status.COMPLETED);
                }
            }
            assertThat(boundary).as("boundaries").isGreaterThan(10);
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theRecoveryEndsAnOrderThatNoCallRepeats(Policy policy) {
        for (var kind : Kind.values()) {
            int boundary = 0;
            for (boolean reached = true; reached; boundary++) {
                var description = kind + " at boundary " + boundary;
                var story = new Story(policy);
                var context = ManualCallContext.unhurried(); // a call without a key
                story.call(context, new Disruptions(context).plan(boundary, kind));
                reached = story.boundaries > boundary;

                story.calmDown();

                story.check(null, description);
                if (policy.orderKeys() && policy.paymentKeys() && story.shop.orders() == 1) {
                    assertThat(story.shop.paid() + story.shop.cancelled())
                            .as(description)
                            .isEqualTo(1);
                }
            }
        }
    }

    @Test
    void twoDisruptionsAtAnyPairOfBoundariesPayOnce() {
        for (int first = 0; first < 20; first++) {
            for (int second = 0; second < 20; second++) {
                for (var policy : POLICIES) {
                    var story = new Story(policy);
                    story.call(Kind.KILL, first);
                    story.clock.pass(AFTER_THE_LEASE);
                    story.call(Kind.KILL, second);
                    story.clock.pass(AFTER_THE_LEASE);
                    story.call(null, 0);
                    story.calmDown();
                    story.check(story.repeat(), policy + ", killed at " + first + " and " + second);
                }
            }
        }
    }

    @Test
    void aLostStoreBeforeAKillOfTheSameProcessPaysOnce() {
        for (int lost = 0; lost < 20; lost++) {
            for (int killed = lost + 1; killed < 20; killed++) {
                for (var policy : POLICIES) {
                    var story = new Story(policy);
                    var context = ManualCallContext.writing(story.key);
                    story.call(
                            context,
                            new Disruptions(context).plan(lost, Kind.STORE_LOST).plan(killed, Kind.KILL));
                    story.clock.pass(AFTER_THE_LEASE);
                    story.call(null, 0);
                    story.calmDown();
                    story.check(story.repeat(), policy + ", lost at " + lost + ", killed at " + killed);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aProcessThatIsPausedWhileAnotherContinuesItsOrderPaysOnce(Policy policy) {
        for (boolean byCall : new boolean[] {true, false}) {
            int boundary = 0;
            for (boolean reached = true; reached; boundary++) {
                var description = "paused at boundary " + boundary + (byCall ? ", repeated" : ", recovered");
                var story = new Story(policy);
                var context = ManualCallContext.writing(story.key);
                var paused = new Disruptions(context);
                paused.pause(boundary, () -> {
                    story.continueElsewhere(byCall);
                    story.shop.startProcess(paused);
                });

                story.call(context, paused).ifPresent(order -> story.checkPresent(order, description));
                reached = story.boundaries > boundary;
                story.calmDown();

                story.check(story.repeat(), description);
            }
            assertThat(boundary).as("boundaries").isGreaterThan(10);
        }
    }

    /** Random faults of services, random disruptions, repetitions and recoveries; the seed of a failure is its description. */
    @Test
    void randomStoriesPayOnce() {
        int completed = 0;
        int cancelled = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var story = new Story(POLICIES.get(random.nextInt(POLICIES.size())));
            story.faults = () -> random.nextInt(3) > 0 ? Fault.NONE : any(Fault.values(), random);
            var description = "seed " + seed + ", " + story.policy;
            for (int process = 0; process < 5; process++) {
                runOneProcess(story, random);
                if (random.nextInt(4) == 0) {
                    story.shop.deliverLateRequests();
                }
                story.clock.pass(List.of(Duration.ofSeconds(1), AFTER_THE_LEASE, Duration.ofMinutes(30))
                        .get(random.nextInt(3)));
            }
            story.calmDown();
            var result = story.repeat();
            story.check(result, description);
            completed += result.status() == Status.COMPLETED ? 1 : 0;
            cancelled += result.status() == Status.CANCELLED ? 1 : 0;
        }
        assertThat(completed).isGreaterThan(SEEDS / 10);
        assertThat(cancelled).isGreaterThan(SEEDS / 10);
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static void runOneProcess(Story story, Random random) {
        var context = ManualCallContext.writing(story.key);
        var disruptions = new Disruptions(context);
        for (int i = random.nextInt(3); i > 0; i--) {
            disruptions.plan(random.nextInt(24), any(Kind.values(), random));
        }
        if (random.nextInt(3) == 0) {
            story.recover(disruptions);
        } else {
            story.call(context, disruptions);
        }
    }
}
