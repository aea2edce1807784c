package io.breakwater.core.presentation.tool.system;

import io.breakwater.core.business.health.Health;
import io.breakwater.core.business.health.RequestMetrics;
import io.breakwater.core.business.quota.QuotaUsage;
import io.breakwater.core.presentation.codec.RecordCodec;
import io.breakwater.server.mcp.Call;
import io.breakwater.server.mcp.Pack;
import io.breakwater.server.mcp.Prompt;
import io.breakwater.server.mcp.Resource;
import io.breakwater.server.mcp.Tool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pack {@code system}: the health, the metrics and the configuration of the server. */
public final class SystemPack implements Pack {
    private final Health health;
    private final RequestMetrics metrics;
    private final Function<Call, List<QuotaUsage>> quotas;
    private final Function<Call, Predicate<String>> visibleTools;
    private final @Nullable Supplier<String> configuration;
    private final RecordCodec<HealthResult> healthJson = RecordCodec.ofResult(HealthResult.class);
    private final RecordCodec<MetricsResult> metricsJson = RecordCodec.ofResult(MetricsResult.class);

    /**
     * Creates the pack.
     *
     * @param quotas returns the quotas of the caller of a call; may wait for a limited time
     * @param visibleTools returns, for a call, whether its caller may know the tool with a name
     * @param configuration the part of the effective configuration that every caller may see, as text and with masked
     *     secrets; null if there is none
     */
    public SystemPack(
            Health health,
            RequestMetrics metrics,
            Function<Call, List<QuotaUsage>> quotas,
            Function<Call, Predicate<String>> visibleTools,
            @Nullable Supplier<String> configuration) {
        this.health = health;
        this.metrics = metrics;
        this.quotas = quotas;
        this.visibleTools = visibleTools;
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
                .description("Checks all dependencies of this server, and evaluates the health of the"
                        + " server from their status, the error rate and the load of the host. A"
                        + " dependency that was checked within the last few seconds is not checked"
                        + " again.")
                .input(NoArguments.class)
                .output(HealthResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) ->
                        HealthResult.of(health.refreshed().toCompletableFuture().get()));
    }

    private Tool checkDependencies() {
        return Tool.named("check_dependencies")
                .title("Check dependencies")
                .description("Checks all dependencies of this server, such as its database and its cache, in"
                        + " parallel and each with a timeout. Returns the status of each dependency, the time"
                        + " of its last change and the response time. A dependency that was checked within"
                        + " the last few seconds is not checked again.")
                .input(NoArguments.class)
                .output(DependenciesResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) -> DependenciesResult.of(
                        health.refreshed().toCompletableFuture().get()));
    }

    private Tool getMetrics() {
        return Tool.named("get_metrics")
                .title("Get metrics")
                .description("Returns the metrics of this server: the number of calls, their error rate"
                        + " and their latency (mean, p50, p95, p99), since the start and over the"
                        + " last few minutes, for each tool, the cache hit rate, and what you have used of"
                        + " your quotas today.")
                .input(NoArguments.class)
                .output(MetricsResult.class)
                .readOnly()
                .idempotent()
                .openWorld(false)
                .handler((arguments, call) -> metrics(call));
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
                .description("The health of the server from the latest checks. Reading it does not check the"
                        + " dependencies.")
                .mimeType("application/json")
                .text(this::knownHealth);
    }

    private List<Resource> effectiveConfiguration() {
        return configuration == null
                ? List.of()
                : List.of(Resource.of("config://effective")
                        .name("effective_configuration")
                        .title("Configuration")
                        .description("The settings of this server, with the source of each value. Secrets are masked,"
                                + " and the settings of authentication, access and the audit log are not included.")
                        .mimeType("text/plain")
                        .text(configuration));
    }

    @Override
    public List<Prompt> prompts() {
        return List.of(Prompt.named("diagnose_health")
                .title("Diagnose health")
                .description("Explains what is wrong with this server, from its health and its metrics.")
                .handler((arguments, call) -> List.of(Prompt.Message.user(diagnosis(call)))));
    }

    private String diagnosis(Call call) {
        return DiagnosisPrompt.text(knownHealth(), text(metricsJson.write(metrics(call))));
    }

    private MetricsResult metrics(Call call) {
        return MetricsResult.of(metrics.report(), quotas.apply(call), visibleTools.apply(call));
    }

    private String knownHealth() {
        return text(healthJson.write(HealthResult.of(health.report())));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
