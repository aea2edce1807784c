package io.breakwater.core.presentation.interceptor;

import io.breakwater.server.execution.ExecutionMode;
import io.breakwater.server.interceptor.Decision;
import io.breakwater.server.interceptor.InterceptedCall;
import io.breakwater.server.interceptor.Interceptor;
import java.util.Set;

/**
 * Refuses calls beyond the quotas of their callers. Runs after the rate limits, so that a caller cannot repeat a refused
 * call at will, and before the call takes a permit.
 *
 * <p>Only requests that run handlers count. With the others, a client finds out what the server offers, and could
 * otherwise not even connect after its quota is used up.
 */
final class QuotaInterceptor implements Interceptor {
    private static final Set<String> COUNTED_METHODS = Set.of("tools/call", "resources/read", "prompts/get");

    private final CallQuotas quotas;

    QuotaInterceptor(CallQuotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public Decision before(InterceptedCall call) {
        if (!COUNTED_METHODS.contains(call.method())) {
            return Decision.PROCEED;
        }
        var round = call.continuedRound();
        return round != null && quotas.isCounted(round)
                ? Decision.PROCEED
                : quotas.take(call, call.executionMode() == ExecutionMode.VIRTUAL);
    }
}
