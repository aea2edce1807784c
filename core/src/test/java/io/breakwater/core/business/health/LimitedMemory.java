package io.breakwater.core.business.health;

import java.util.ArrayList;
import java.util.List;

/** Memory of messages that is refused when a test says so. */
final class LimitedMemory implements MessageMemory {
    private final List<String> told = new ArrayList<>();
    private long refusals;

    void refuse(long messages) {
        refusals += messages;
    }

    List<String> told() {
        return told;
    }

    @Override
    public String limitName() {
        return "MemoryLimits.bytes";
    }

    @Override
    public String shareName() {
        return "MemoryLimits.share";
    }

    @Override
    public long refusals() {
        return refusals;
    }

    @Override
    public void onShortage(long refused) {
        told.add("short " + refused);
    }

    @Override
    public void onRecovery(long refused) {
        told.add("suffices " + refused);
    }
}
