package io.breakwater.core.data.health;

import io.breakwater.core.business.health.MessageMemory;
import io.breakwater.port.driving.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory budget of the server; it logs when a shortage begins and when it ends. */
public final class HeapMemoryBudget implements MessageMemory {
    private static final Logger LOG = LoggerFactory.getLogger(HeapMemoryBudget.class);

    private final MemoryBudget budget;

    /** Uses this budget. */
    public HeapMemoryBudget(MemoryBudget budget) {
        this.budget = budget;
    }

    @Override
    public long refusals() {
        return budget.refusals();
    }

    @Override
    public void onShortage(long refused) {
        LOG.warn(
                "limits.memory is used up, or one caller has used up its limits.memory-share; messages refused until"
                        + " now: {}. Raise the heap (-Xmx) or limits.memory; behind a proxy raise limits.memory-share.",
                refused);
    }

    @Override
    public void onRecovery(long refused) {
        LOG.info("limits.memory has been sufficient for a minute; messages refused before: {}.", refused);
    }
}
