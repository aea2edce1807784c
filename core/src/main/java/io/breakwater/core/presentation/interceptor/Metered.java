package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.CallStatus;
import io.breakwater.core.metrics.Meters;
import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.catalog.Call;
import io.breakwater.core.presentation.guard.Interceptor;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.execution.Lanes;

/** Counts every call and how long it took, under names from the catalogue alone. */
final class Metered implements Interceptor {
    private final Meters meters;
    private final Lanes lanes;

    Metered(Meters meters, Lanes lanes) {
        this.meters = meters;
        this.lanes = lanes;
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        var tool = call.tool();
        meters.forCall(call.method(), tool == null ? null : tool.name())
                .record(CallStatus.of(outcome.status()), lanes.nanos() - ((LiveCall) call).startedNanos());
        return outcome;
    }
}
