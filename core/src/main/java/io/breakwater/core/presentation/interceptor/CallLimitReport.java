package io.breakwater.core.presentation.interceptor;

import io.breakwater.core.business.quota.QuotaUsage;
import io.breakwater.core.business.ratelimit.RateLimiter.AppliedLimit;
import io.breakwater.port.Json;
import io.breakwater.server.interceptor.InterceptedCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Describes the limits that apply to a call, for its dry run. It takes nothing from them. */
public final class CallLimitReport {
    private final RateLimitDecisions rates;
    private final LimitedCallers callers;
    private final ConcurrencyLimiter concurrency;
    private final Function<InterceptedCall, List<QuotaUsage>> quotas;

    /**
     * Creates the report of a server.
     *
     * @param callers the callers to which the rate limits apply
     * @param quotas returns the quotas of the caller of a call; it may wait for the store
     */
    public CallLimitReport(
            RateLimitDecisions rates,
            LimitedCallers callers,
            ConcurrencyLimiter concurrency,
            Function<InterceptedCall, List<QuotaUsage>> quotas) {
        this.rates = rates;
        this.callers = callers;
        this.concurrency = concurrency;
        this.quotas = quotas;
    }

    /**
     * Describes the limits. May wait for the store of quotas.
     *
     * @param deadline the time that the call would have
     */
    public Json.Obj describe(InterceptedCall call, Duration deadline) {
        var applied = callers.include(call) ? rates.limits(call) : List.<AppliedLimit>of();
        return Json.object()
                .put("deadlineMs", deadline.toMillis())
                .put("concurrency", concurrency(call))
                .put("rate", array(applied, CallLimitReport::rate))
                .put("quotas", array(quotas.apply(call), CallLimitReport::quota))
                .build();
    }

    private Json.Obj concurrency(InterceptedCall call) {
        var costClass = concurrency.costClass(call);
        return Json.object()
                .put("costClass", costClass.name())
                .put("limit", concurrency.limit(costClass))
                .build();
    }

    private static <T> Json.Arr array(List<T> items, Function<T, Json.Obj> format) {
        return new Json.Arr(items.stream().<Json>map(format).toList());
    }

    private static Json.Obj rate(AppliedLimit applied) {
        var limit = applied.limit();
        return Json.object()
                .put("level", applied.level().word())
                .putIfPresent("tool", applied.tool().isEmpty() ? null : Json.of(applied.tool()))
                .put("calls", limit.calls())
                .put("periodMs", limit.period().toMillis())
                .put("burst", limit.burst())
                .put("counts", applied.tokens())
                .build();
    }

    private static Json.Obj quota(QuotaUsage usage) {
        return Json.object()
                .put("scope", usage.scope().name().toLowerCase(Locale.ROOT))
                .put("kind", usage.kind().name().toLowerCase(Locale.ROOT))
                .put("limit", Json.of(BigDecimal.valueOf(usage.limit())))
                .put("left", Json.of(BigDecimal.valueOf(Math.max(0, usage.limit() - usage.used()))))
                .put("resetsAt", usage.resetsAt().toString())
                .build();
    }
}
