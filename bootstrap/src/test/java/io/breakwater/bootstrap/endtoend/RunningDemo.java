package io.breakwater.bootstrap.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.bootstrap.console.JsonText;
import io.breakwater.port.Json;
import io.breakwater.sample.files.Scratch;
import io.breakwater.sample.waiting.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code breakwater demo} on a free port, from the moment it is ready until it is told to stop. */
final class RunningDemo implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("The demo is ready at (\\S+)");
    private static final Pattern PAYMENTS = Pattern.compile("curl -d frozen (\\S+)/behavior");
    private static final Pattern METRICS = Pattern.compile("management listener: (\\S+)");

    private final Process process;
    private final String endpoint;
    private final String notice;
    private final String payments;
    private final String metrics;

    private RunningDemo(Process process) throws IOException {
        this.process = process;
        var output = process.inputReader(StandardCharsets.UTF_8);
        endpoint = find(output, READY);
        output.readLine();
        notice = output.readLine();
        payments = find(output, PAYMENTS);
        metrics = find(output, METRICS);
    }

    /** Starts the demo with these variables in its environment. */
    static RunningDemo start(Map<String, String> variables) throws IOException {
        var folder = Scratch.folder("breakwater-demo");
        var builder = new ProcessBuilder(Distribution.command("demo", "--port", "0"))
                .directory(folder.toFile())
                .redirectError(folder.resolve("log").toFile());
        builder.environment().putAll(variables);
        return new RunningDemo(builder.start());
    }

    private static String find(BufferedReader output, Pattern pattern) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            var found = pattern.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("The demo ended before it was ready.");
    }

    /** Where MCP is spoken. */
    String endpoint() {
        return endpoint;
    }

    /** The sentence about authentication. */
    String notice() {
        return notice;
    }

    /** The URL of the metrics. */
    String metrics() {
        return metrics;
    }

    /** The arguments of an order of 25 for the user 7. */
    static Json.Obj order() {
        var item = Json.object()
                .put("sku", "espresso")
                .put("price", Json.of(new BigDecimal("12.5")))
                .put("quantity", 2)
                .build();
        return Json.object().put("user_id", 7).put("items", Json.array(item)).build();
    }

    /** Changes what the payment service does. */
    void payments(String behavior) throws IOException, InterruptedException {
        assertThat(paymentService("/behavior", behavior).text("behavior")).isEqualTo(behavior.toUpperCase(Locale.ROOT));
    }

    /** The number of requests that reached the payment service, without health checks. */
    int paymentRequests() throws IOException, InterruptedException {
        var requests =
                requireNonNull((Json.Decimal) paymentService("/behavior", "").get("requests"));
        return requests.value().intValueExact();
    }

    /** What the payment service has received. */
    List<Json.Obj> payments() throws IOException, InterruptedException {
        return requireNonNull((Json.Arr) paymentService("/payments", null).get("payments")).items().stream()
                .map(Json.Obj.class::cast)
                .toList();
    }

    private Json.Obj paymentService(String path, @Nullable String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(payments + path));
        if (body != null) {
            request.POST(BodyPublishers.ofString(body));
        }
        try (var client = HttpClient.newHttpClient()) {
            return (Json.Obj) Json.parse(
                    client.send(request.build(), BodyHandlers.ofString()).body());
        }
    }

    /** The URLs of the payment service that get calls. */
    List<Json> healthyPayments() {
        return requireNonNull((Json.Arr) call("list_services", Json.Obj.EMPTY).get("services")).items().stream()
                .map(Json.Obj.class::cast)
                .filter(service -> "payment-service".equals(service.text("name")))
                .flatMap(service -> requireNonNull((Json.Arr) service.get("healthy_instances")).items().stream())
                .toList();
    }

    /** Calls a tool, which must succeed. */
    Json.Obj call(String tool, Json.Obj arguments) {
        var answer = ask(tool, arguments);
        assertThat(answer.get("isError")).as(JsonText.line(answer)).isNotEqualTo(Json.of(true));
        return answer.object("structuredContent");
    }

    /** Calls a tool. */
    Json.Obj ask(String tool, Json.Obj arguments) {
        try (var client = McpClients.connect(endpoint)) {
            return client.call(tool, arguments).result();
        }
    }

    /** Tells it to stop, and demands that it does so in good order. */
    @Override
    public void close() {
        process.destroy();
        assertThat(process.onExit()).succeedsWithin(Eventually.SECONDS, TimeUnit.SECONDS);
        assertThat(process.exitValue()).isZero();
    }
}
