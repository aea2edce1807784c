package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.waiting.Eventually;
import io.breakwater.server.client.McpClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Inspector orders in the demo while its payment service declines, freezes and comes back. */
@Tag("npm")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoOrdersTest {
    private static final Map<String, String> UNLIMITED =
            Map.of("RATE_LIMIT", "off", "BREAKWATER_LIMITS_RATE_PRINCIPAL", "off");

    /** Without health checks, which may find the frozen instance before the circuit breaker does. */
    private static final Map<String, String> BREAKER_ALONE = Map.of(
            "RATE_LIMIT",
            "off",
            "BREAKWATER_LIMITS_RATE_PRINCIPAL",
            "off",
            "BREAKWATER_SERVICES_PAYMENT_SERVICE_HEALTH_ENABLED",
            "false");

    private static final String SILENT = "payment-service did not respond within 1000 ms.";
    private static final int MEASURED_CALLS = 500;

    private NodeClients clients;

    @BeforeAll
    void install() throws Exception {
        clients = NodeClients.installed();
    }

    private Json.Obj inspect(RunningDemo demo, String tool, Json.Obj arguments)
            throws IOException, InterruptedException {
        var results = clients.inspect("modern", demo.endpoint(), List.of(tool, JsonText.line(arguments)));
        return (Json.Obj) Json.parse(results.getFirst());
    }

    private static Json.Obj orderWithKey(String key) {
        return Json.object()
                .put(
                        "_meta",
                        Json.object().put("io.breakwater/idempotencyKey", key).build())
                .put("user_id", 7)
                .putIfPresent("items", RunningDemo.order().get("items"))
                .build();
    }

    private static Json.Obj payment() {
        return Json.object()
                .put("service", "payment-service")
                .put("method", "POST")
                .put("endpoint", "/payments")
                .put("data", Json.object().put("amount", 1).build())
                .build();
    }

    private static boolean isError(Json.Obj answer) {
        return Json.of(true).equals(answer.get("isError"));
    }

    private static List<String> steps(Json.Obj result) {
        return requireNonNull((Json.Arr) result.get("steps")).items().stream()
                .map(Json.Obj.class::cast)
                .map(step -> step.text("name") + " " + step.text("outcome"))
                .toList();
    }

    @Test
    void anOrderIsCompletedAndCancelledIfItsPaymentIsDeclined() throws IOException, InterruptedException {
        try (var demo = RunningDemo.start(UNLIMITED)) {
            var completed = inspect(demo, "create_order", RunningDemo.order()).object("structuredContent");
            demo.payments("declining");
            var cancelled = inspect(demo, "create_order", RunningDemo.order()).object("structuredContent");

            assertThat(completed.text("status")).isEqualTo("completed");
            assertThat(cancelled.text("status")).isEqualTo("cancelled");
            assertThat(steps(cancelled))
                    .containsExactly("check_user done", "create_order done", "pay failed", "cancel_order done");
            assertThat(JsonText.line(cancelled)).contains("402", "The card was declined.");
            demo.payments("normal");
            assertThat(demo.payments())
                    .singleElement()
                    .satisfies(only -> assertThat(only.get("order_id"))
                            .isEqualTo(completed.object("order").get("id")));
        }
    }

    @Test
    void anOrderWithFrozenPaymentsIsUnknownUntilTheyAreBackAndIsPaidOnce() throws Exception {
        try (var demo = RunningDemo.start(UNLIMITED)) {
            demo.payments("frozen");
            var unknown =
                    inspect(demo, "create_order", orderWithKey("frozen-1")).object("structuredContent");

            assertThat(unknown.text("status")).isEqualTo("unknown");
            assertThat(steps(unknown)).containsExactly("check_user done", "create_order done", "pay unknown");
            assertThat(JsonText.line(unknown)).contains(SILENT).doesNotContain("127.0.0.1");

            demo.payments("normal");
            Eventually.holds(() -> !demo.payments().isEmpty()); // no call works on the order
            Eventually.holds(() -> {
                var repeated = inspect(demo, "create_order", orderWithKey("frozen-1"));
                return !isError(repeated)
                        && "completed"
                                .equals(repeated.object("structuredContent").text("status"));
            });
            assertThat(demo.payments())
                    .singleElement()
                    .satisfies(only -> assertThat(only.get("order_id"))
                            .isEqualTo(unknown.object("order").get("id")));
        }
    }

    @Test
    void theBreakerOpensAfterFiveTimeoutsAndThenNothingReachesTheService() throws Exception {
        try (var demo = RunningDemo.start(BREAKER_ALONE)) {
            demo.payments("frozen");
            var batch = Json.object().put("requests", new Json.Arr(Collections.nCopies(4, payment())));
            var four = inspect(demo, "batch_api_requests", batch.build());
            assertThat(JsonText.line(four)).contains("TIMEOUT", SILENT).doesNotContain("127.0.0.1");
            assertThat(demo.healthyPayments()).hasSize(1);

            var fifth = inspect(demo, "api_request", payment());
            assertThat(isError(fifth)).isTrue();
            assertThat(JsonText.line(fifth)).contains("TIMEOUT", SILENT).doesNotContain("127.0.0.1");
            assertThat(demo.healthyPayments()).isEmpty();
            assertThat(demo.paymentRequests()).isEqualTo(5);

            refusesWithoutARequest(demo);
            ordersNothingWithoutARequest(demo);
            measure(demo);
            demo.payments("normal");
            Eventually.holds(() -> !isError(demo.ask("api_request", payment()))); // the probe
        }
    }

    /** Any call that comes when the pause is over is the probe, which ends like the first five. */
    private void refusesWithoutARequest(RunningDemo demo) throws Exception {
        Eventually.holds(() -> {
            int before = demo.paymentRequests();
            var answer = JsonText.line(inspect(demo, "api_request", payment()));
            boolean probe = answer.contains(SILENT);
            assertThat(demo.paymentRequests()).isEqualTo(probe ? before + 1 : before);
            if (!probe) {
                assertThat(answer)
                        .contains("EXTERNAL_ERROR", "No instance of payment-service is available", "retryAfterMs")
                        .doesNotContain("127.0.0.1");
            }
            return !probe;
        });
    }

    private void ordersNothingWithoutARequest(RunningDemo demo) throws Exception {
        Eventually.holds(() -> {
            int before = demo.paymentRequests();
            var answer = inspect(demo, "create_order", RunningDemo.order());
            boolean probe = !isError(answer);
            if (!probe) {
                assertThat(demo.paymentRequests()).isEqualTo(before);
                assertThat(JsonText.line(answer))
                        .contains("EXTERNAL_ERROR", "Nothing was ordered. No instance of payment-service is available");
            }
            return !probe;
        });
    }

    /** Reports how long a refusal takes; no test fails because a machine is slow. */
    private static void measure(RunningDemo demo) {
        try (var client = McpClients.connect(demo.endpoint())) {
            var unused = refusals(client); // the code gets warm
            report(refusals(client));
        }
    }

    private static long[] refusals(McpClient client) {
        var nanos = new long[MEASURED_CALLS];
        int refused = 0;
        while (refused < MEASURED_CALLS) {
            long begin = System.nanoTime();
            var answer = client.call("api_request", payment()).text();
            long time = System.nanoTime() - begin;
            if (!answer.contains(SILENT)) { // the probe waits
                assertThat(answer).contains("No instance of payment-service is available");
                nanos[refused++] = time;
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void report(long[] nanos) {
        System.out.printf(
                "refused by the open breaker, %d calls over HTTP: p50 %d us, p99 %d us%n",
                MEASURED_CALLS,
                TimeUnit.NANOSECONDS.toMicros(nanos[MEASURED_CALLS / 2]),
                TimeUnit.NANOSECONDS.toMicros(nanos[MEASURED_CALLS * 99 / 100]));
    }
}
