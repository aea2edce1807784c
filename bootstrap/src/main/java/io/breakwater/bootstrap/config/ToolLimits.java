package io.breakwater.bootstrap.config;

import io.breakwater.port.Json;
import io.breakwater.port.RateLimit;
import io.breakwater.server.settings.ConcurrencySettings.ToolConcurrency;
import io.breakwater.server.settings.ToolRateLimits;
import org.jspecify.annotations.Nullable;

/**
 * One item of {@code limits.tools}: the limits of one tool on the rate of its calls and on their concurrency.
 *
 * @param rates the rate limits, either of which may be null
 * @param concurrency the maximum of concurrent calls and the cost class, either of which may be null
 */
record ToolLimits(ToolRateLimits rates, ToolConcurrency concurrency) {
    String tool() {
        return concurrency.tool();
    }

    boolean limitsRate() {
        return rates.perPrincipal() != null || rates.total() != null;
    }

    boolean limitsConcurrency() {
        return concurrency.maxConcurrency() != null || concurrency.costClass() != null;
    }

    Json report() {
        var report = Json.object().put("tool", tool());
        put(report, "limit", "burst", rates.perPrincipal());
        put(report, "total", "total-burst", rates.total());
        if (concurrency.maxConcurrency() != null) {
            report.put("max-concurrency", concurrency.maxConcurrency());
        }
        return report.putIfPresent("cost-class", concurrency.costClass()).build();
    }

    private static void put(Json.ObjectBuilder report, String rate, String burst, @Nullable RateLimit limit) {
        if (limit != null) {
            report.put(rate, new RateType().text(new Rate(limit.calls(), limit.period())))
                    .put(burst, limit.burst());
        }
    }
}
