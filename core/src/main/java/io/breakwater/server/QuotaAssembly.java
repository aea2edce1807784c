package io.breakwater.server;

import io.breakwater.core.business.database.StatementQuota;
import io.breakwater.core.business.quota.QuotaUsage;
import io.breakwater.core.business.quota.Quotas;
import io.breakwater.core.business.quota.UsageCounters;
import io.breakwater.core.data.database.CallerQuota;
import io.breakwater.core.data.quota.MemoryCounters;
import io.breakwater.core.data.quota.SettledCounters;
import io.breakwater.core.data.ratelimit.RoundMemory;
import io.breakwater.core.metrics.QuotaMeter;
import io.breakwater.core.presentation.interceptor.CallQuotas;
import io.breakwater.core.presentation.interceptor.LimitedCallers;
import io.breakwater.core.presentation.interceptor.QuotaDecisions;
import io.breakwater.core.presentation.interceptor.QuotaOwners;
import io.breakwater.core.presentation.tool.database.DatabasePack;
import io.breakwater.port.MetricSink;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.mcp.Call;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates and connects the components of the quotas. */
final class QuotaAssembly implements AutoCloseable {
    private final BreakwaterBuilder builder;
    private final ServerExecutors executors;
    private final QuotaOwners owners;
    private final Quotas quotas;
    private final @Nullable SettledCounters settled;

    QuotaAssembly(BreakwaterBuilder builder, LimitedCallers callers, ServerExecutors executors, MetricSink metrics) {
        this.builder = builder;
        this.executors = executors;
        this.owners = new QuotaOwners(callers);
        this.settled = settled(builder, executors, metrics);
        var settings = builder.quotas;
        var networks = new MemoryCounters(settings.keys(), executors);
        UsageCounters principals = settled == null ? new MemoryCounters(settings.keys(), executors) : settled;
        var meter = new QuotaMeter(metrics);
        this.quotas = new Quotas(
                settings,
                principals,
                networks,
                (scope, kind) -> meter.record(lowerCase(scope), lowerCase(kind)),
                executors.clock());
        bindSize("principals", principals, metrics);
        bindSize("networks", networks, metrics);
    }

    private static void bindSize(String callers, UsageCounters counters, MetricSink metrics) {
        metrics.gauge(
                "mcp_quota_keys",
                "Usages of callers and tenants that the quotas count in memory.",
                Map.of("callers", callers),
                counters::size);
    }

    private static @Nullable SettledCounters settled(
            BreakwaterBuilder builder, ServerExecutors executors, MetricSink metrics) {
        if (builder.quotaStore == null || builder.quotas.isOff()) {
            return null;
        }
        var counters = new SettledCounters(builder.quotaStore, builder.quotas, executors);
        counters.bindTo(metrics);
        return counters;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the decisions about calls; null if there are no quotas. */
    @Nullable
    CallQuotas calls() {
        if (builder.quotas.isOff()) {
            return null;
        }
        var rounds = new RoundMemory(builder.quotas.keys(), builder.limits.inputTimeout(), executors);
        return new QuotaDecisions(quotas, owners, rounds, DatabasePack::runsStatements);
    }

    /** Returns what the statements of a call may use. */
    StatementQuota statements(Call call) {
        return new CallerQuota(quotas, owners.ownerOf(call));
    }

    /** Returns the quotas of the caller of a call. May wait for the store for a limited time. */
    List<QuotaUsage> usage(Call call) {
        return quotas.usage(owners.ownerOf(call), call.remaining());
    }

    /** Settles what is unsettled. */
    @Override
    public void close() {
        if (settled != null) {
            settled.close();
        }
    }
}
