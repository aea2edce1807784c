package io.breakwater.core.data.health;

import io.breakwater.core.business.health.MessageMemory;
import io.breakwater.port.SettingNames;
import io.breakwater.port.driving.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory budget of the server; it logs when a shortage begins and when it ends. */
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
