package io.breakwater.bootstrap.config;

/**
 * The metrics for Prometheus.
 *
 * @param enabled whether {@code /metrics} exists
 * @param onPublicListener whether the listener for clients serves it too
 */
public record MetricsSettings(boolean enabled, boolean onPublicListener) {

    static final Setting<Boolean> ENABLED = Setting.flag("enabled")
            .byDefault(true)
            .alsoFrom("MCP_METRICS_ENABLED")
            .description("Whether the management listener serves `/metrics` for Prometheus.");

    static final Setting<Boolean> PUBLIC = Setting.flag("public")
            .byDefault(false)
            .description(
                    "Whether the listener for clients also serves `/metrics`, without a key. The names of all tools"
                            + " and the numbers of their calls are then visible to every client.");

    static MetricsSettings read(SectionReader metrics) {
        return new MetricsSettings(metrics.get(ENABLED), metrics.get(PUBLIC));
    }
}
