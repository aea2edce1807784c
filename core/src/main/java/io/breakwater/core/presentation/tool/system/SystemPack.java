package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.RequestMetrics;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Health and figures of the server, and the configuration it runs with. */
public final class SystemPack implements Pack {
    private final Health health;
    private final RequestMetrics traffic;
    private final @Nullable Supplier<String> configuration;
    private final RecordCodec<HealthResult> healthJson = RecordCodec.ofResult(HealthResult.class);
    private final RecordCodec<MetricsResult> metricsJson = RecordCodec.ofResult(MetricsResult.class);

    /**
     * Tells of this server.
     *
     * @param configuration the effective configuration as text, secrets masked; null when there is none to show
     */
    public SystemPack(Health health, RequestMetrics traffic, @Nullable Supplier<String> configuration) {
        this.health = health;
        this.traffic = traffic;
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "system";
    }

    @Override
    public List<Tool> tools() {
        return List.of(healthCheck(), checkDependencies(), getMetrics());
    }

    private Tool healthCheck() {
        return Tool.named("health_check")
                .title("Check health")
                .description(
                        "Asks every dependency of this server whether it is there, and judges the server's health by"
                                + " that, by its error rate and by the machine it runs on. Dependencies that were asked within the"
                                + " last few seconds are not asked again.")
                .input(NoArguments.class)
                .output(HealthResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((nothing, call) ->
                        HealthResult.of(health.refreshed().toCompletableFuture().get()));
    }

    private Tool checkDependencies() {
        return Tool.named("check_dependencies")
                .title("Check dependencies")
                .description("Asks everything this server leans on, such as its database and its cache, whether it is"
                        + " there: all at once, each within its time limit. Says of each since when it is so and how long"
                        + " it took. Those that were asked within the last few seconds are not asked again.")
                .input(NoArguments.class)
                .output(DependenciesResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((nothing, call) -> DependenciesResult.of(
                        health.refreshed().toCompletableFuture().get()));
    }

    private Tool getMetrics() {
        return Tool.named("get_metrics")
                .title("Read metrics")
                .description(
                        "The figures of this server: how many calls, their error rate and latency (mean, p50, p95,"
                                + " p99), since the start and over the last few minutes, for each tool, and the cache hit rate.")
                .input(NoArguments.class)
                .output(MetricsResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((nothing, call) -> MetricsResult.of(traffic.report()));
    }

    @Override
    public List<Resource> resources() {
        return Stream.concat(Stream.of(status()), effectiveConfiguration().stream())
                .toList();
    }

    private Resource status() {
        return Resource.of("health://status")
                .name("health_status")
                .title("Health")
                .description("How the server is doing, from what is known already: nobody is asked.")
                .mimeType("application/json")
                .text(this::knownHealth);
    }

    private List<Resource> effectiveConfiguration() {
        return configuration == null
                ? List.of()
                : List.of(Resource.of("config://effective")
                        .name("effective_configuration")
                        .title("Configuration")
                        .description(
                                "The settings this server runs with and where each comes from; secrets are masked.")
                        .mimeType("text/plain")
                        .text(configuration));
    }

    @Override
    public List<Prompt> prompts() {
        return List.of(Prompt.named("diagnose_health")
                .title("Diagnose health")
                .description("Finds out what is wrong with this server, from its health and its figures.")
                .handler((nothing, call) -> List.of(Prompt.Message.user(diagnosis()))));
    }

    private String diagnosis() {
        return DiagnosisPrompt.asked(knownHealth(), text(metricsJson.write(MetricsResult.of(traffic.report()))));
    }

    private String knownHealth() {
        return text(healthJson.write(HealthResult.of(health.report())));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
