package io.breakwater.core.data.health;

import io.breakwater.core.business.health.MessageMemory;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.MemoryBudget;
import io.breakwater.port.outage.GuardDependency;
import io.breakwater.port.outage.OutageBehavior;
import io.breakwater.port.outage.OutageEffect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory budget of the server; it logs when a shortage begins and when it ends. */
@OutageBehavior(
        guard = "memory budget",
        dependency = GuardDependency.MEMORY,
        failure = "used up by messages",
        effect = OutageEffect.DENY,
        behavior = "A message waits for a moment and then gets 503 with `Retry-After`. No caller can use more than its "
                + "share.",
        recovery = "Messages are accepted when others have been answered.",
        signal = "health cause `limits.memory`; `mcp_http_refused_total{reason=\"memory\"}`, `mcp_memory_bytes`",
        details = "sizing.md#limits")
public final class HeapMemoryBudget implements MessageMemory {
    private static final Logger LOG = LoggerFactory.getLogger(HeapMemoryBudget.class);

    private final MemoryBudget budget;
    private final String limit;
    private final String share;

    /** Uses this budget. */
    public HeapMemoryBudget(MemoryBudget budget, SettingNames names) {
        this.budget = budget;
        this.limit = names.nameOf("MemoryLimits.bytes");
        this.share = names.nameOf("MemoryLimits.share");
    }

    @Override
    public String limitName() {
        return limit;
    }

    @Override
    public String shareName() {
        return share;
    }

    @Override
    public long refusals() {
        return budget.refusals();
    }

    @Override
    public void onShortage(long refused) {
        LOG.warn(
                "{} is used up, or one caller has used up its {}; messages refused until now: {}. Raise the heap (-Xmx)"
                        + " or {}; behind a proxy raise {}.",
                limit,
                share,
                refused,
                limit,
                share);
    }

    @Override
    public void onRecovery(long refused) {
        LOG.info("{} has been sufficient for a minute; messages refused before: {}.", limit, refused);
    }
}
