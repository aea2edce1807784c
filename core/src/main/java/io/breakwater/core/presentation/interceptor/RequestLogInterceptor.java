package io.breakwater.core.presentation.interceptor;

import io.breakwater.port.Json;
import io.breakwater.port.Principal;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import io.breakwater.server.interceptor.Outcome;
import io.breakwater.server.interceptor.Refusal;
import io.breakwater.server.interceptor.RequestLogging;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each call when it ends: the principal, the method, the target, the outcome and the duration. A
 * failure is a warning only if the operator must act and no other log line reports it. Errors of callers and failures
 * during a known outage are not warnings.
 */
final class RequestLogInterceptor implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger("io.breakwater.request");
    private static final int SAMPLE_INTERVAL = 100;
    private static final int MAX_LENGTH = 200;

    private final RequestLogging mode;
    private final Predicate<@Nullable String> outage;
    private final AtomicLong successes = new AtomicLong();

    RequestLogInterceptor(RequestLogging mode, Predicate<@Nullable String> outage) {
        this.mode = mode;
        this.outage = outage;
    }

    @Override
    public Outcome after(InterceptedCall call, Outcome outcome) {
        if (shouldLog(outcome)) {
            var reason = reason(call, outcome);
            boolean warns = !call.lackedMemory() && needsOperator(outcome, reason);
            withReason(reason, line(call.method(), call.target(), call.principal(), outcome, warns))
                    .addKeyValue("request_id", call.requestId())
                    .addKeyValue(
                            "duration_ms",
                            TimeUnit.NANOSECONDS.toMicros(call.elapsed().toNanos()) / 1000.0)
                    .log(
                            "{} {} {}",
                            truncate(call.method()),
                            truncate(call.target()),
                            outcome.status().word());
        }
        return outcome;
    }

    private static @Nullable String reason(InterceptedCall call, Outcome outcome) {
        return outcome instanceof Refusal refusal && refusal.reason() != null ? refusal.reason() : call.failureReason();
    }

    /** Logs a message that was rejected before it became a call, with the error message instead of the duration. */
    void logRejection(String method, String target, Principal principal, Outcome.Failed outcome) {
        var line = line(method, target, principal, outcome, needsOperator(outcome, null));
        var requestId = outcome.error().data() instanceof Json.Obj data ? data.text("requestId") : null;
        (requestId == null ? line : line.addKeyValue("request_id", requestId))
                .log("Rejected: {}", truncate(String.valueOf(outcome.error().getMessage())));
    }

    private boolean shouldLog(Outcome outcome) {
        return switch (mode) {
            case ALL -> true;
            case ERRORS -> !outcome.isSuccess();
            case SAMPLED -> !outcome.isSuccess() || successes.incrementAndGet() % SAMPLE_INTERVAL == 0;
        };
    }

    private LoggingEventBuilder line(
            String method, String target, Principal principal, Outcome outcome, boolean warns) {
        return (warns ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("principal", principal.id())
                .addKeyValue("method", truncate(method))
                .addKeyValue("target", truncate(target))
                .addKeyValue("outcome", outcome.status().word());
    }

    private boolean needsOperator(Outcome outcome, @Nullable String reason) {
        var status = outcome.status();
        return status.isServerFault() && !(status.mayFollowFromOutage() && outage.test(reason));
    }

    private static LoggingEventBuilder withReason(@Nullable String reason, LoggingEventBuilder line) {
        return reason == null ? line : line.addKeyValue("reason", reason);
    }

    /** Truncates text from clients, which may send a name of a megabyte. */
    private static String truncate(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    }
}
