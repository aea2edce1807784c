package io.breakwater.core.presentation.tool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.HostMetrics;
import io.breakwater.core.business.health.Readiness;
import io.breakwater.core.business.health.ScriptedGauges;
import io.breakwater.core.business.health.ServerInfo;
import io.breakwater.core.data.health.ExecutorScheduler;
import io.breakwater.core.metrics.ServerMetrics;
import io.breakwater.port.PortException;
import io.breakwater.port.driven.Dependency;
import io.breakwater.port.driving.HeaderFields;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.server.execution.ManualExecutors;
import io.breakwater.server.settings.HealthSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthEndpointsTest {
    private final ManualExecutors executors = new ManualExecutors();
    private HostMetrics reading = new HostMetrics(0.1, 0.1, 0.1);
    private final Health health = new Health(
            HealthSettings.standard(),
            new ServerInfo("1", "test"),
            ServerMetrics.standalone(executors),
            new ScriptedGauges(() -> reading),
            new ExecutorScheduler(executors),
            (before, now, cause) -> {});
    private final Readiness readiness = new Readiness(health);
    private final List<HttpResource> pages = HealthEndpoints.of(health, readiness);

    @Test
    void areOpenToProbesOnThePublicListener() {
        assertThat(pages)
                .filteredOn(page -> page.listener() == HttpResource.Listener.PUBLIC)
                .allSatisfy(page -> assertThat(page.access()).isEqualTo(HttpResource.Access.PROBE))
                .extracting(HttpResource::path)
                .containsExactly("/live", "/ready", "/health");
    }

    @Test
    void theWholeReportIsForOperatorsWithTheKey() {
        assertThat(pages)
                .filteredOn(page -> page.listener() == HttpResource.Listener.MANAGEMENT)
                .singleElement()
                .satisfies(page -> assertThat(page.path()).isEqualTo("/health/details"))
                .satisfies(page -> assertThat(page.access()).isEqualTo(HttpResource.Access.MANAGEMENT));
    }

    @Test
    void theWholeReportHasTheCauses() {
        lose(Dependency::required);

        var answer = ask("/health/details");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(body(answer)).contains("\"causes\":[\"database\"]", "Connection refused by db.internal:5432.");
    }

    @Test
    void areJsonThatMustNotBeCached() {
        HttpResource.Response answer = ask("/health");

        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.fields()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void theProcessIsAliveWhateverElseItIs() {
        lose(Dependency::required);
        readiness.draining();

        assertAnswer("/live", 200, "{\"status\":\"alive\"}");
    }

    @Test
    void theServerIsReadyFromItsStartToItsDrain() {
        assertAnswer("/ready", 503, "{\"status\":\"unavailable\",\"reason\":\"starting\"}");
        readiness.started();
        assertAnswer("/ready", 200, "{\"status\":\"ready\"}");
        readiness.draining();
        assertAnswer("/ready", 503, "{\"status\":\"unavailable\",\"reason\":\"draining\"}");
    }

    @Test
    void theServerIsNotReadyWithoutARequiredDependency() {
        readiness.started();
        lose(Dependency::required);

        assertAnswer("/ready", 503, "{\"status\":\"unavailable\",\"reason\":\"dependency\"}");
        assertAnswer("/health", 503, "{\"status\":\"unhealthy\"}");
    }

    @Test
    void aDegradedServerGoesOnServing() {
        readiness.started();
        assertAnswer("/health", 200, "{\"status\":\"healthy\"}");
        lose(Dependency::optional);

        assertAnswer("/health", 200, "{\"status\":\"degraded\"}");
        assertAnswer("/ready", 200, "{\"status\":\"ready\"}");
    }

    @Test
    void tellNothingOfWhatIsWrong() {
        reading = new HostMetrics(1, 1, 1);
        lose(Dependency::required);

        assertThat(body(ask("/health"))).isEqualTo("{\"status\":\"unhealthy\"}");
    }

    private interface Need {
        Dependency of(String name, Dependency.Probe probe);
    }

    private void lose(Need need) {
        health.register(need.of("database", scope -> {
            throw new PortException.UnavailableException("Connection refused by db.internal:5432.", null, null);
        }));
        health.start();
        executors.runAll();
        executors.pass(Duration.ofSeconds(1));
    }

    private void assertAnswer(String path, int status, String body) {
        HttpResource.Response answer = ask(path);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(body(answer)).isEqualTo(body);
    }

    private HttpResource.Response ask(String path) {
        HttpResource page = pages.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
        return page.handler()
                .answer(new HttpResource.Request("GET", "", HeaderFields.NONE))
                .toCompletableFuture()
                .join();
    }

    private static String body(HttpResource.Response answer) {
        return new String(((HttpResource.Complete) answer.body()).bytes(), StandardCharsets.UTF_8);
    }
}
