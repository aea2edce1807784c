package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.HealthStatus;
import io.breakwater.core.business.health.Readiness;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.port.driving.HttpResource;
import io.breakwater.port.driving.HttpResource.Access;
import io.breakwater.port.driving.HttpResource.Listener;
import io.breakwater.port.driving.HttpResource.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The endpoints for orchestrators and load balancers. Each response of the probes is one word without details, because
 * they need no authentication:
 *
 * <ul>
 *   <li>{@code /live}: the process runs; the status is always 200. If there is no response, restart the process.
 *   <li>{@code /ready}: 503 while clients should use other servers.
 *   <li>{@code /health}: 503 if the server is unhealthy.
 *   <li>{@code /health/details}, on the management listener with its key: the whole report, after new checks.
 * </ul>
 */
public final class HealthEndpoints {
    private static final Map<String, String> NO_STORE = Map.of("Cache-Control", "no-store");
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private HealthEndpoints() {}

    /** Creates the codec with the first report, because most servers start without one. */
    private static final class Details {
        static final RecordCodec<HealthResult> JSON = RecordCodec.ofResult(HealthResult.class);
    }

    /** Returns the endpoints of a server. */
    public static List<HttpResource> of(Health health, Readiness readiness) {
        Response alive = answer(OK, "{\"status\":\"alive\"}");
        return List.of(
                resource("/live", () -> alive),
                resource("/ready", () -> ready(readiness.now())),
                resource("/health", () -> healthy(health.status())),
                details(health));
    }

    private static HttpResource details(Health health) {
        return new HttpResource(
                "/health/details",
                Listener.MANAGEMENT,
                Access.MANAGEMENT,
                request -> health.refreshed()
                        .thenApply(report -> new Response(
                                code(report.status()), JSON, NO_STORE, Details.JSON.write(HealthResult.of(report)))));
    }

    private static Response ready(Readiness.Answer readiness) {
        return switch (readiness) {
            case READY -> answer(OK, "{\"status\":\"ready\"}");
            case STARTING, DRAINING, DEPENDENCY ->
                answer(UNAVAILABLE, "{\"status\":\"unavailable\",\"reason\":\"" + lowerCase(readiness) + "\"}");
        };
    }

    private static Response healthy(HealthStatus status) {
        return answer(code(status), "{\"status\":\"" + lowerCase(status) + "\"}");
    }

    private static int code(HealthStatus status) {
        return switch (status) {
            case HEALTHY, DEGRADED -> OK;
            case UNHEALTHY -> UNAVAILABLE;
        };
    }

    private static HttpResource resource(String path, Supplier<Response> answer) {
        return new HttpResource(
                path, Listener.PUBLIC, Access.PROBE, request -> CompletableFuture.completedStage(answer.get()));
    }

    private static Response answer(int status, String json) {
        return new Response(status, JSON, NO_STORE, json.getBytes(StandardCharsets.UTF_8));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
