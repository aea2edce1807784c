package io.breakwater.bootstrap.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breakwater.port.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample services, as their clients see them. */
class SampleServicesTest {
    private final SampleServices services = SampleServices.start(2);
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.close();
        services.close();
    }

    private SampleService instance(String name, int index) {
        return services.instances(name).get(index);
    }

    private HttpResponse<String> get(SampleService instance, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(instance.url() + path)));
    }

    private HttpResponse<String> post(SampleService instance, String path, String body, String key)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(instance.url() + path))
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void findsUsers() throws IOException, InterruptedException {
        var users = instance(SampleServices.USERS, 0);

        assertThat(get(users, "/users/7").body()).isEqualTo("{\"id\":7,\"name\":\"Edsger\"}");
        assertThat(get(users, "/users/101").statusCode()).isEqualTo(404);
    }

    @Test
    void aRepeatedRequestHasItsEffectOnceOnWhicheverInstance() throws IOException, InterruptedException {
        var body = "{\"order_id\":\"o-1\",\"amount\":12.50,\"user_id\":7}";

        var first = post(instance(SampleServices.PAYMENTS, 0), "/payments", body, "key");
        var repeated = post(instance(SampleServices.PAYMENTS, 1), "/payments", body, "key");
        var other = post(instance(SampleServices.PAYMENTS, 1), "/payments", body, "other key");

        assertThat(repeated.body()).isEqualTo(first.body()).contains("12.50");
        assertThat(other.body()).isNotEqualTo(first.body());
        var payments = (Json.Obj) Json.parse(
                get(instance(SampleServices.PAYMENTS, 0), "/payments").body());
        assertThat(requireNonNull((Json.Arr) payments.get("payments")).items()).hasSize(2);
    }

    @Test
    void anOrderCanBeCancelled() throws IOException, InterruptedException {
        var orders = instance(SampleServices.ORDERS, 0);
        var created = post(orders, "/orders", "{\"user_id\":7,\"items\":[],\"total\":3}", "a");

        var cancelled = post(orders, "/orders/o-1/cancel", "{}", "b");

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.body()).contains("\"id\":\"o-1\"", "\"status\":\"open\"");
        assertThat(cancelled.body()).contains("\"id\":\"o-1\"", "\"status\":\"cancelled\"");
        assertThat(get(orders, "/orders/o-1").body()).isEqualTo(cancelled.body());
        assertThat(get(orders, "/orders/o-2").statusCode()).isEqualTo(404);
    }

    @Test
    void aPaidOrderSaysSo() throws IOException, InterruptedException {
        var orders = instance(SampleServices.ORDERS, 0);
        post(orders, "/orders", "{\"user_id\":7,\"items\":[],\"total\":3}", "a");
        post(orders, "/orders", "{\"user_id\":7,\"items\":[],\"total\":4}", "b");

        post(instance(SampleServices.PAYMENTS, 0), "/payments", "{\"order_id\":\"o-1\",\"amount\":3}", "c");

        assertThat(get(orders, "/orders/o-1").body()).contains("\"status\":\"paid\"");
        assertThat(get(orders, "/orders/o-2").body()).contains("\"status\":\"open\"");
    }

    @Test
    void refusesABehaviorThatDoesNotExist() throws IOException, InterruptedException {
        var users = instance(SampleServices.USERS, 0);
        post(users, "/behavior", "declining", "-");

        var refused = post(users, "/behavior", "declined", "-");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("normal, slow, failing, frozen, lying, declining");
        assertThat(post(users, "/behavior", "", "-").body()).contains("DECLINING");
    }

    @ParameterizedTest
    @CsvSource({"normal, 200, 200", "failing, 500, 500", "declining, 200, 402", "lying, 200, 200"})
    void behavesAsItIsTold(String behavior, int health, int request) throws IOException, InterruptedException {
        var users = instance(SampleServices.USERS, 0);

        post(users, "/behavior", behavior, "-");

        assertThat(get(users, "/health").statusCode()).isEqualTo(health);
        assertThat(get(users, "/users/7").statusCode()).isEqualTo(request);
        assertThat(get(users, "/users/7").body().contains("\"id\":8")).isEqualTo(behavior.equals("lying"));
    }

    @ParameterizedTest
    @CsvSource({"slow", "frozen"})
    void doesNotAnswerInTime(String behavior) throws IOException, InterruptedException {
        var users = instance(SampleServices.USERS, 0);
        post(users, "/behavior", behavior, "-");

        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> send(HttpRequest.newBuilder(URI.create(users.url() + "/health"))
                        .timeout(Duration.ofMillis(200))));
    }

    @Test
    void anInstanceStopsAtOnce() throws IOException, InterruptedException {
        var users = instance(SampleServices.USERS, 0);

        users.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(users, "/health"));
        assertThat(get(instance(SampleServices.USERS, 1), "/health").statusCode())
                .isEqualTo(200);
    }

    @Test
    void theServerFindsEachInstance() {
        assertThat(services.settings().get("services.user-service.description")).contains("GET /users/{id}");
        assertThat(services.settings())
                .containsEntry(
                        "services.user-service.urls",
                        instance(SampleServices.USERS, 0).url() + ","
                                + instance(SampleServices.USERS, 1).url());
    }
}
