package io.breakwater.core.business.documents;

import io.breakwater.port.CallContext;
import io.breakwater.port.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The context of work for several calls: its deadline is the latest of theirs, and it is cancelled when the last call
 * has left. It has the request id and the trace of the first call.
 */
final class CombinedContext implements CallContext {
    private final List<PendingLoad> loads;
    private final List<Runnable> actions = new ArrayList<>(); // guarded by this

    CombinedContext(List<PendingLoad> loads) {
        this.loads = loads;
        loads.forEach(load -> load.onEnd(this::onLeave));
    }

    @Override
    public String requestId() {
        return loads.getFirst().context().requestId();
    }

    @Override
    public @Nullable String traceParent() {
        return loads.getFirst().context().traceParent();
    }

    /** Opens the span in the trace of the first call, and ends it at the latest with that call. */
    @Override
    public Span span(String name) {
        return loads.getFirst().context().span(name);
    }

    @Override
    public Duration remaining() {
        return loads.stream()
                .filter(PendingLoad::isWaiting)
                .map(load -> load.context().remaining())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public boolean cancelled() {
        return loads.stream().noneMatch(PendingLoad::isWaiting);
    }

    @Override
    public void onCancel(Runnable action) {
        synchronized (this) {
            actions.add(action);
        }
        onLeave();
    }

    private void onLeave() {
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
