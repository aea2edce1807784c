package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.metrics.CallStatus;
import io.breakwater.core.presentation.call.ActiveCall;
import io.breakwater.port.Principal;
import io.breakwater.server.execution.ServerExecutors;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.RequestLogging;
import io.breakwater.server.mcp.Call;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line a call, when it has ended: who, what, how, how long. A failure is a warning when it is for the operator to
 * put right and nothing else tells of it: neither a mistake of the caller nor one call of many during an outage is one.
 */
final class RequestLogInterceptor implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.request");
    private static final int ONE_IN = 100;
    private static final int LONGEST = 200;

    private final RequestLogging mode;
    private final ServerExecutors lanes;
    private final BooleanSupplier outage;
    private final AtomicLong seen = new AtomicLong();

    RequestLogInterceptor(RequestLogging mode, ServerExecutors lanes, BooleanSupplier outage) {
        this.mode = mode;
        this.lanes = lanes;
        this.outage = outage;
    }

    @Override
    public Outcome after(Call call, Outcome outcome) {
        if (wanted(outcome)) {
            var live = (ActiveCall) call;
            long nanos = lanes.nanoTime() - live.startedNanos();
            because(live.reason(), line(call.method(), call.target(), call.principal(), outcome))
                    .addKeyValue("request_id", call.requestId())
                    .addKeyValue("duration_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0)
                    .log("{} {} {}", brief(call.method()), brief(call.target()), outcome.status());
        }
        return outcome;
    }

    /** A message that was answered with an error before it became a call: the line says why instead of how long. */
    void turnedAway(String method, String target, Principal principal, Outcome.Failed outcome) {
        line(method, target, principal, outcome)
                .log("Turned away: {}", brief(String.valueOf(outcome.error().getMessage())));
    }

    private boolean wanted(Outcome outcome) {
        return switch (mode) {
            case ALL -> true;
            case ERRORS -> !outcome.isSuccess();
            case SAMPLED -> !outcome.isSuccess() || seen.incrementAndGet() % ONE_IN == 0;
        };
    }

    private LoggingEventBuilder line(String method, String target, Principal principal, Outcome outcome) {
        return (isForTheOperator(outcome) ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("principal", principal.id())
                .addKeyValue("method", brief(method))
                .addKeyValue("target", brief(target))
                .addKeyValue("outcome", outcome.status());
    }

    private boolean isForTheOperator(Outcome outcome) {
        var status = CallStatus.of(outcome.status());
        return status.fault() && !(status.mayFollowFromOutage() && outage.getAsBoolean());
    }

    private static LoggingEventBuilder because(@Nullable String reason, LoggingEventBuilder line) {
        return reason == null ? line : line.addKeyValue("reason", reason);
    }

    /** A client may send a name of a megabyte; a line of the log is not that long. */
    private static String brief(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
