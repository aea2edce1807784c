package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scope of work that several calls wait for: it has as much time as the most patient of them, and is cancelled when
 * the last has gone. It is reported under the name of the first.
 */
final class CombinedContext implements CallContext {
    private final List<PendingLoad> waiters;
    private final List<Runnable> actions = new ArrayList<>(); // guarded by this

    CombinedContext(List<PendingLoad> waiters) {
        this.waiters = waiters;
        waiters.forEach(waiter -> waiter.whenGone(this::oneHasGone));
    }

    @Override
    public String requestId() {
        return waiters.getFirst().scope().requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return waiters.getFirst().scope().traceParent();
    }

    @Override
    public Duration remaining() {
        return waiters.stream()
                .filter(PendingLoad::waits)
                .map(waiter -> waiter.scope().remaining())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public boolean cancelled() {
        return waiters.stream().noneMatch(PendingLoad::waits);
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            actions.add(action);
        }
        oneHasGone();
    }

    private void oneHasGone() {
        if (cancelled()) {
            List<Runnable> due;
            synchronized (this) {
                due = List.copyOf(actions);
                actions.clear();
            }
            due.forEach(Runnable::run);
        }
    }
}
