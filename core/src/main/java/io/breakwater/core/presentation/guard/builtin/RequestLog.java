package io.breakwater.core.presentation.guard.builtin;

import io.breakwater.core.presentation.call.LiveCall;
import io.breakwater.core.presentation.catalog.Call;
import io.breakwater.core.presentation.guard.Interceptor;
import io.breakwater.core.presentation.guard.Outcome;
import io.breakwater.core.presentation.guard.RequestLogging;
import io.breakwater.core.runtime.Lanes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a call, when it has ended: who, what, how, how long. */
final class RequestLog implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.request");
    private static final int ONE_IN = 100;

    private final RequestLogging mode;
    private final Lanes lanes;
    private final AtomicLong seen = new AtomicLong();

    RequestLog(RequestLogging mode, Lanes lanes) {
        this.mode = mode;
        this.lanes = lanes;
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        if (wanted(outcome)) {
            write(call, outcome);
        }
        return outcome;
    }

    private boolean wanted(Outcome outcome) {
        return switch (mode) {
            case ALL -> true;
            case ERRORS -> !outcome.good();
            case SAMPLED -> !outcome.good() || seen.incrementAndGet() % ONE_IN == 0;
        };
    }

    private void write(Call call, Outcome outcome) {
        var line = outcome.good() ? LOG.atInfo() : LOG.atWarn();
        long nanos = lanes.nanos() - ((LiveCall) call).startedNanos();
        line.addKeyValue("request_id", call.requestId())
                .addKeyValue("principal", call.principal().id())
                .addKeyValue("method", call.method())
                .addKeyValue("target", call.target())
                .addKeyValue("outcome", outcome.status())
                .addKeyValue("duration_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0)
                .log("{} {} {}", call.method(), call.target(), outcome.status());
    }
}
